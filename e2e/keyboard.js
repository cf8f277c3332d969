// The keyboard alone.

/** Presses Tab until `target` has the focus, and sees to it that this shows. */
export async function tabTo(page, target) {
  const has = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await has()); presses += 1) {
    if (presses > 60) throw new Error(`Tab never reaches ${target}`);
    await page.keyboard.press('Tab');
  }
  const shows = await target.evaluate((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  });
  if (!shows) throw new Error(`${target} does not show that it has the focus`);
}

/** Goes to `target` and presses `key`. */
export async function press(page, target, key) {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Goes to `target` and types `text`. */
export async function type(page, target, text) {
  await tabTo(page, target);
  await page.keyboard.type(text);
}
