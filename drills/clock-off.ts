// Preloaded into a process (`node --import`): its calendar clock goes wrong by DRILL_CLOCK_OFFSET milliseconds. What
// measures durations stays right, as it does on a machine whose clock is set wrong.

const offset = Number(process.env.DRILL_CLOCK_OFFSET ?? 0);
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct(target, args, newTarget) {
    return Reflect.construct(target, args.length === 0 ? [RealDate.now() + offset] : args, newTarget);
  },
  apply: () => new RealDate(RealDate.now() + offset).toString(),
  get: (target, key) => (key === 'now' ? () => RealDate.now() + offset : Reflect.get(target, key)),
});
