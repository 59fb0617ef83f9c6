/** Interactions over time as small bars. A sentence beside it says the same. */
export function Sparkline({
  values,
  width = 64,
  height = 18,
}: {
  values: readonly number[];
  width?: number;
  height?: number;
}) {
  const greatest = Math.max(...values, 1e-9);
  const step = width / Math.max(values.length, 1);
  return (
    <svg className="sparkline" width={width} height={height} aria-hidden="true" focusable="false">
      {values.map((value, index) => {
        const barHeight = Math.max((value / greatest) * height, 1);
        return (
          <rect
            key={index}
            x={index * step}
            y={height - barHeight}
            width={Math.max(step - 1, 1)}
            height={barHeight}
          />
        );
      })}
    </svg>
  );
}
