// Line icons, drawn here: nothing is fetched for them.
const PATHS = {
  scales: "M4 20h16M12 4v16M5.5 7.5h13M5.5 7.5 3 13a2.7 2.7 0 0 0 5 0zM18.5 7.5 16 13a2.7 2.7 0 0 0 5 0z",
  close: "M6 6l12 12M18 6 6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  back: "M15 5l-7 7 7 7",
  send: "M12 19V5M5.5 11.5 12 5l6.5 6.5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  phone: "M6 3h3l2 5-2.2 1.6a12 12 0 0 0 5.6 5.6L16 13l5 2v3a3 3 0 0 1-3 3C10 20.5 3.5 14 3 6a3 3 0 0 1 3-3z",
  letter: "M4 6h16v12H4zM4 7l8 6 8-6",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
  down: "M6 9l6 6 6-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  help: "M9 9a3 3 0 1 1 4.2 2.75c-.8.4-1.2 1-1.2 2M12 17h.01",
  limit: "M12 6v7M12 17.5h.01",
  says: "M4 5h16v11H11l-4 4v-4H4z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  print: "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
  fresh: "M12 5v14M5 12h14",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  link: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={PATHS[name]} /></svg>;
}
