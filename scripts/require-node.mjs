/**
 * Runs with every install. Under an older Node npm silently leaves out optional dependencies that ask
 * for Node 22, which shows only at run time. By now the `node` package may already be installed and run
 * this script, so it is npm's own Node that is asked for: npm names it in its user agent.
 */
const agent = process.env.npm_config_user_agent ?? '';
const version = /node\/v(\S+)/.exec(agent)?.[1] ?? process.versions.node;
const [major, minor] = version.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `\nSwitchboard is built with Node 22; this npm runs under Node ${version}, which leaves out part of the\n` +
      'dependencies. Run "npm start" instead: it brings Node 22 along and installs everything under it.\n\n',
  );
  process.exit(1);
}
