/** Holds the work that is still to be done for an object. Not enumerable: copies and output do not see it. */
const WORK = Symbol('work');

interface Holder {
  [WORK]?: Record<string, () => unknown>;
}

/** One descriptor a name: accessors of their own would give every object a hidden class of its own, which outlives it. */
const DESCRIPTORS = new Map<string, PropertyDescriptor & ThisType<Holder>>();

function descriptorOf(name: string): PropertyDescriptor {
  let descriptor = DESCRIPTORS.get(name);
  if (descriptor === undefined) {
    descriptor = {
      enumerable: true,
      configurable: true,
      get() {
        const work = this[WORK] as Record<string, () => unknown>;
        const value = work[name]?.();
        work[name] = () => value;
        return value;
      },
      set(value: unknown) {
        (this[WORK] as Record<string, () => unknown>)[name] = () => value;
      },
    };
    DESCRIPTORS.set(name, descriptor);
  }
  return descriptor;
}

/** Gives an object a property that is worked out when somebody looks at it, and that is otherwise like any other. */
export function defineLater<T extends object, K extends keyof T & string>(
  target: T,
  name: K,
  work: () => T[K],
): void {
  const holder = target as Holder;
  if (holder[WORK] === undefined) Object.defineProperty(holder, WORK, { value: {} });
  (holder[WORK] as Record<string, () => unknown>)[name] = work;
  Object.defineProperty(target, name, descriptorOf(name));
}
