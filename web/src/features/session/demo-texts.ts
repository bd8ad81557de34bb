/** Texts of the demo sign-in, apart from the catalogues so that production ships none of them. */
interface DemoTexts {
  readonly title: string;
  readonly lead: string;
  readonly others: string;
  readonly days: { readonly jonas: string; readonly carmen: string; readonly ravi: string };
  readonly roles: Record<'agent' | 'supervisor' | 'admin', string>;
  readonly teams: Record<'support' | 'sales' | 'billing' | 'all', string>;
}

/** The {@link DemoTexts} of each language. */
export const DEMO_TEXTS: Record<'en' | 'es' | 'pt', DemoTexts> = {
  en: {
    title: 'Or step into the demo shop',
    lead: 'Invented people, on this computer only.',
    others: '9 more colleagues',
    days: {
      jonas: 'Answers the customers of Support',
      carmen: 'Sees every team, hands conversations over',
      ravi: 'Decides who works here, and in which team',
    },
    roles: { agent: 'agent', supervisor: 'supervisor', admin: 'admin' },
    teams: { support: 'Support', sales: 'Sales', billing: 'Billing', all: 'all teams' },
  },
  es: {
    title: 'O entra en la tienda de prueba',
    lead: 'Personas inventadas, solo en este ordenador.',
    others: '9 colegas más',
    days: {
      jonas: 'Responde a los clientes de Soporte',
      carmen: 'Ve todos los equipos y reasigna conversaciones',
      ravi: 'Decide quién trabaja aquí y en qué equipo',
    },
    roles: { agent: 'agente', supervisor: 'supervisora', admin: 'administrador' },
    teams: {
      support: 'Soporte',
      sales: 'Ventas',
      billing: 'Facturación',
      all: 'todos los equipos',
    },
  },
  pt: {
    title: 'Ou entre na loja de demonstração',
    lead: 'Pessoas inventadas, só neste computador.',
    others: 'Mais 9 colegas',
    days: {
      jonas: 'Responde aos clientes do Suporte',
      carmen: 'Vê todas as equipes e passa conversas adiante',
      ravi: 'Decide quem trabalha aqui e em qual equipe',
    },
    roles: { agent: 'agente', supervisor: 'supervisora', admin: 'administrador' },
    teams: { support: 'Suporte', sales: 'Vendas', billing: 'Cobrança', all: 'todas as equipes' },
  },
};
