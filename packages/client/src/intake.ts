/**
 * Takes what comes from the node in its order. Code that awaits an answer goes on in later microtasks, so what came behind
 * an answer waits for a turn of its own: else it would be told before that code has run, and then be undone by what the
 * older answer says.
 */
export interface Intake {
  /** An answer: lets those go on who await it. */
  answer(settle: () => void): void;
  /** Anything else: done once those have gone on who awaited an answer that came before. */
  follow(take: () => void): void;
}

interface Item {
  isAnswer: boolean;
  take(): void;
}

/** @param nextTurn does work when all microtasks have run, those of its own call included */
export function createIntake(nextTurn: (work: () => void) => void): Intake {
  const waiting: Item[] = [];
  /** Somebody goes on with an answer in this turn. */
  let answered = false;

  function add(item: Item): void {
    if (waiting.length > 0 || (answered && !item.isAnswer)) waiting.push(item);
    else take(item);
  }

  function take(item: Item): void {
    item.take();
    if (!item.isAnswer || answered) return;
    answered = true;
    nextTurn(goOn);
  }

  function goOn(): void {
    answered = false;
    let taken = 0;
    for (; taken < waiting.length; taken++) {
      const item = waiting[taken]!;
      if (answered && !item.isAnswer) break;
      take(item);
    }
    waiting.splice(0, taken);
  }

  return {
    answer: (settle) => add({ isAnswer: true, take: settle }),
    follow: (tell) => add({ isAnswer: false, take: tell }),
  };
}
