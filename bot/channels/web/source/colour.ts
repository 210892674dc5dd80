// The page's accent, made readable: what stands on it, and a tone of it that can be read on light and on dark ground.
type Rgb = readonly [number, number, number];

export interface Tones { accent: string; on: string; light: string; dark: string }

const LIGHT_GROUND: Rgb = [240, 243, 241], DARK_GROUND: Rgb = [41, 48, 45];
const BLACK: Rgb = [0, 0, 0], WHITE: Rgb = [255, 255, 255];
const READABLE = 4.6; // WCAG asks for 4.5

export function tonesOf(accent: string): Tones | null {
  const rgb = parsed(accent);
  if (!rgb) return null;
  const ink: Rgb = [13, 20, 17];
  return {
    accent: css(rgb),
    on: contrast(rgb, WHITE) >= READABLE || contrast(rgb, WHITE) >= contrast(rgb, ink) ? "#fff" : css(ink),
    light: css(towards(rgb, BLACK, LIGHT_GROUND)),
    dark: css(towards(rgb, WHITE, DARK_GROUND)),
  };
}

/** Any CSS colour; the browser reads it. */
function parsed(colour: string): Rgb | null {
  if (!CSS.supports("color", colour)) return null;
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return null;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

function towards(rgb: Rgb, end: Rgb, ground: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = rgb.map((part, i) => Math.round(part + (end[i]! - part) * share)) as unknown as Rgb;
    if (contrast(mixed, ground) >= READABLE) return mixed;
  }
  return end;
}

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function css(rgb: Rgb): string {
  return `rgb(${rgb.join(" ")})`;
}
