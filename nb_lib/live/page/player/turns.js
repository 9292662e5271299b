function turns(engine, post) {
  // Run an engine for the newest settings, a slice at a time, so that whoever asks is
  // heard in between. Returns the function that takes messages; `post` sends answers.
  // A worker gets the text of this function: it uses nothing from outside.
  //
  // Heard: {ask: id, settings, pace, from}, {credit: id}, {play: pace}, {pause}, {step}. A pace
  // is how many steps go by from frame to frame, 0 none; at Infinity as many as there are,
  // and frames take no more time than steps. Steps before `from` are not shown.
  // Sent: {id, begun}, {id, settings, step, still, moving, sentence, places, isLast}, and
// {id, error, isFault}.
  // A frame costs a credit, so that no more are built than are painted; `still` comes
  // only when it is another one, and a last frame that was sent before comes without.
  const SLICE = 8, FIRST = 4; // milliseconds
  const turn = new MessageChannel();
  let id, asked, run, step, sent, first, pace, left, hasCredit, due, known, isCalled = false;

  const again = () => {
    if (!isCalled) turn.port2.postMessage(0);
    isCalled = true;
  };
  const isSame = (a, b) => a === b
    || (a?.length === b.length && a.every((word, i) => word === b[i]));

  function send(isLast) {
    hasCredit = false;
    if (sent === step) return post({ id, step, isLast });
    sent = step;
    const begun = performance.now();
    const { still, moving, sentence, places } = run.frame();
    const isNew = !isSame(known, still);
    if (isNew) known = still.slice();
    due = 2 * performance.now() - begun;
    return post({ id, settings: asked, step, still: isNew ? still : null, moving, sentence,
      places, isLast });
  }

  function finish() {
    send(true);
    run = undefined;
  }

  function advance() {
    const until = performance.now() + (step < 0 ? FIRST : SLICE);
    while (left > 0) {
      if (!run.next()) return finish();
      step += 1;
      left -= 1;
      if (!run.isStream) return finish();
      if (performance.now() >= until) break;
    }
    const isDue = step !== sent && step >= first
      && (pace === Infinity ? performance.now() >= due : !left);
    if (hasCredit && isDue) send(false);
    if (left > 0) again();
    return undefined;
  }

  const acts = {
    ask({ ask, settings, pace: wanted, from }) {
      [id, asked] = [ask, settings];
      run = undefined;
      post({ id, begun: true });
      run = engine.begin(settings);
      [step, sent, first, pace, hasCredit, due] = [-1, -1, from, wanted, true, 0];
      left = Math.max(pace, from + 1);
      again();
    },
    credit({ credit }) {
      if (credit !== id) return;
      hasCredit = true;
      left ||= pace;
      again();
    },
    play({ play }) {
      [pace, left, hasCredit] = [play, play, true];
      again();
    },
    pause() {
      pace = left = 0;
      if (step >= 0 && step !== sent) send(false);
    },
    step() {
      [pace, left, hasCredit] = [0, 1, true];
      again();
    },
  };

  function guarded(act) {
    try {
      act();
    } catch (error) { // the runtime raises plain Errors with Python's name and words
      run = undefined;
      post({ id, error: String(error), isFault: error?.constructor !== Error });
    }
  }

  turn.port1.onmessage = () => {
    isCalled = false;
    if (run) guarded(advance);
  };
  return (message) => {
    const act = Object.keys(acts).find((name) => name in message);
    if (act === "ask" || run) guarded(() => acts[act](message));
  };
}
