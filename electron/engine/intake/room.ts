/**
 * How many bytes of requests may be under way at once: each is there several times until it is stored, as bytes, as text
 * and as what was read of it. Whoever finds no room is told to come again in a moment, and nobody is starved: one request
 * is let in whatever its size.
 */
export interface IntakeRoom {
  /** Lets a request in, and returns what gives its place back; null where there is none now. */
  enter(bytes: number): (() => void) | null;
}

export function createIntakeRoom(limitBytes: number): IntakeRoom {
  let taken = 0;
  let inside = 0;
  return {
    enter(bytes) {
      if (inside > 0 && taken + bytes > limitBytes) return null;
      taken += bytes;
      inside += 1;
      let isInside = true;
      return () => {
        if (!isInside) return;
        isInside = false;
        taken -= bytes;
        inside -= 1;
      };
    },
  };
}
