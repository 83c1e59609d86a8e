/** Tracks and playback in the browser: parts of run.mjs. */
const WORKERS = 3600;
const FEW = 20;

/** A district hour decoded, beside JSON of the same fixes; and loaded as the page does. */
export async function decodeTracks({ open, option }) {
  const { page } = await open("tracks.html");
  await page.waitForFunction(() => window.tracks !== undefined);
  const workers = option("--workers", WORKERS);
  const f = await page.evaluate(([n, rounds]) => window.tracks?.(n, rounds), [workers, option("--rounds", 3)]);
  const ns = (ms) => ((ms * 1e6) / f.fixes).toFixed(0);
  console.log(
    `decode-tracks ${f.fixes} fixes: packed ${f.packed.toFixed(0)} ms, ${ns(f.packed)} ns a fix (${(f.bytes / f.fixes).toFixed(1)} bytes a fix); ` +
      `JSON ${f.json.toFixed(0)} ms into the same columns, ${(f.json / f.packed).toFixed(1)} times (${(f.chars / f.fixes).toFixed(0)} characters a fix); ` +
      `JSON.parse alone ${f.parse.toFixed(0)} ms, ${(f.parse / f.packed).toFixed(1)} times`,
  );
  console.log(
    `decode-tracks loaded by way of the worker in ${f.loaded.toFixed(0)} ms by the clock while it plays; longest frame ${f.longestFrame.toFixed(0)} ms, ` +
      `longest main-thread task ${f.longestTask === 0 ? "below 50" : f.longestTask.toFixed(0)} ms`,
  );
  await page.close();
}

/** Everybody at 60×, each picture drawn: main-thread processor time of a picture. */
export async function playback({ open, option, timed, median }) {
  const workers = option("--workers", WORKERS);
  const measure = async (contender, count, updates) => {
    const opened = await open(`playback.html?contender=${contender}&count=${count}`);
    await opened.page.waitForFunction(() => window.run !== undefined, null, { timeout: 60_000 });
    const time = (await timed(opened, 3)) && (await timed(opened, updates));
    const alone = await opened.page.evaluate(() => window.stage?.(600));
    await opened.page.close();
    return { ...time, alone };
  };
  const floors = {};
  for (const contender of ["markers", "trails", "setData"])
    floors[contender] = (await measure(contender, FEW, 40)).main;
  const times = { markers: [], trails: [], setData: [] };
  for (let round = 0; round < option("--rounds", 3); round++) {
    for (const [contender, all] of Object.entries(times)) all.push(await measure(contender, workers, 40));
  }
  const ours = median(times.markers.map(({ main }) => main)) - floors.markers;
  for (const [contender, all] of Object.entries(times)) {
    const main = median(all.map((time) => time.main));
    const above = main - floors[contender];
    const alone = median(all.map((time) => time.alone));
    console.log(
      `playback ${all[0].shown} at 60× ${contender.padEnd(8)} ${main.toFixed(2).padStart(7)} ms of main thread a picture; above ${FEW} workers ` +
        `${above.toFixed(2)} ms, ${(above / ours).toFixed(1)} × markers; moving them alone ${alone.toFixed(2)} ms by the clock`,
    );
  }
}
