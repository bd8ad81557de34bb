/** Timers by name, so that each thing waits at most once and all can be ended together. */
export class Timers {
  private readonly running = new Map<string, NodeJS.Timeout>();

  /** Runs `act` after `delay` milliseconds; a timer of the same name is replaced. */
  start(name: string, delay: number, act: () => void): void {
    clearTimeout(this.running.get(name));
    const timer = setTimeout(() => {
      this.running.delete(name);
      act();
    }, delay);
    this.running.set(name, timer);
  }

  /** Whether something of this name is waiting. */
  has(name: string): boolean {
    return this.running.has(name);
  }

  /** Ends all. */
  stop(): void {
    for (const timer of this.running.values()) clearTimeout(timer);
    this.running.clear();
  }
}
