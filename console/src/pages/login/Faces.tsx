/** Two portraits becoming one: what the product does, in lines. */
export function Faces() {
  return (
    <svg className="m-faces" viewBox="0 0 480 640" preserveAspectRatio="xMidYMid slice" focusable="false">
      <defs>
        <linearGradient id="dusk" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#123f3a" />
          <stop offset="0.55" stopColor="#1c6b62" />
          <stop offset="1" stopColor="#2f8577" />
        </linearGradient>
        <clipPath id="left">
          <rect x="0" y="0" width="240" height="640" />
        </clipPath>
        <clipPath id="right">
          <rect x="240" y="0" width="240" height="640" />
        </clipPath>
      </defs>
      <rect width="480" height="640" fill="url(#dusk)" />
      <g fill="none" stroke="#fff" opacity="0.07">
        {[120, 170, 220, 270, 320, 370].map((radius) => (
          <ellipse key={radius} cx="240" cy="310" rx={radius * 0.78} ry={radius} strokeWidth="1.5" />
        ))}
      </g>
      <g clipPath="url(#left)" fill="none" stroke="#a9dfd1" strokeWidth="3" strokeLinecap="round">
        <Head />
        <path d="M118 250c10-70 60-112 122-112" />
        <path d="M134 244c18-44 54-74 106-80" opacity="0.6" />
      </g>
      <g clipPath="url(#right)" fill="none" stroke="#f4efe4" strokeWidth="3" strokeLinecap="round">
        <Head />
        <path d="M362 250c-10-70-60-112-122-112" />
        <path d="M240 150c40 6 76 30 98 70" opacity="0.6" />
      </g>
      <path d="M240 118v404" stroke="#fff" strokeWidth="1.5" strokeDasharray="2 8" strokeLinecap="round" opacity="0.75" />
      <g fill="#fff" opacity="0.85">
        {[[186, 288], [294, 288], [240, 352], [206, 398], [274, 398], [240, 468], [150, 330], [330, 330]].map(([x, y]) => (
          <circle key={`${x},${y}`} cx={x} cy={y} r="2.6" />
        ))}
      </g>
    </svg>
  );
}

function Head() {
  return (
    <>
      <path d="M118 250c0 120 52 218 122 218s122-98 122-218" />
      <path d="M160 288c12-11 38-11 50 0M270 288c12-11 38-11 50 0" />
      <path d="M156 262c16-12 40-13 56-5M268 257c16-8 40-7 56 5" opacity="0.7" />
      <path d="M240 292v46c-8 6-14 10-14 14 4 6 24 6 28 0" />
      <path d="M206 398c18 14 50 14 68 0" />
    </>
  );
}
