import * as echarts from 'echarts/core';
import { LineChart, BarChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, LegendComponent, MarkLineComponent, AriaComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

echarts.use([LineChart, BarChart, GridComponent, TooltipComponent, LegendComponent, MarkLineComponent, AriaComponent, CanvasRenderer]);

// Told apart by lightness too, so that they hold on paper and for eyes that don't see the hue.
const COLOURS = ['#0e5c6b', '#d89a35', '#5b8fb9', '#93370d', '#6f9f7c', '#57398a', '#9aabb0', '#a01c1c'];
const INK = '#3a4f56';
const LINE = '#d5dee0';
const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches || navigator.webdriver;

// Percentages with two places, amounts with their thousands.
function figure(value, unit) {
  if (value === null || value === undefined) return '—';
  const places = unit === '%' ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : {};
  return `${Number(value).toLocaleString('en-US', places)}${unit === '%' ? '' : ' '}${unit}`;
}

function option({ kind, categories, series, unit, limit, limitName, warning, warningName }, narrow) {
  const ranked = kind === 'rankedBar';
  const names = { type: 'category', data: categories, axisLine: { lineStyle: { color: LINE } }, axisTick: { show: false }, axisLabel: { color: INK, hideOverlap: true, ...(ranked && narrow ? { width: 104, overflow: 'truncate' } : {}) } };
  const percent = unit === '%';
  const values = { type: 'value', name: percent ? '' : unit, nameTextStyle: { color: INK, align: 'right' }, splitNumber: narrow ? 3 : 5, axisLabel: { color: INK, hideOverlap: true, formatter: percent ? '{value}%' : undefined }, splitLine: { lineStyle: { color: '#e6ecee' } } };
  const limitLine = limit === null || limit === undefined ? undefined : {
    silent: true,
    symbol: 'none',
    lineStyle: { color: '#a01c1c', type: 'dashed', width: 1.5 },
    label: { formatter: `${limitName || ''} ${limit}${unit}`, color: '#a01c1c', position: ranked ? 'start' : 'insideEndTop' },
    data: [ranked ? { xAxis: limit } : { yAxis: limit }],
  };
  if (limitLine && warning !== null && warning !== undefined) {
    limitLine.data.unshift({
      ...(ranked ? { xAxis: warning } : { yAxis: warning }),
      lineStyle: { color: '#8a5a00', type: 'dotted', width: 1.5 },
      label: { formatter: `${warningName || ''} ${warning}${unit}`, color: '#7a4f00', position: ranked ? 'start' : 'insideStartTop', align: 'right' },
    });
    limitLine.label.align = 'left';
  }
  return {
    color: COLOURS,
    animation: !still,
    aria: { enabled: false },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: INK },
    grid: { left: 8, right: ranked ? 56 : 16, top: series.length > 1 ? 56 : 28, bottom: 8, containLabel: true },
    legend: series.length > 1 ? { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: INK } } : undefined,
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: kind === 'line' ? 'line' : 'shadow' }, valueFormatter: (v) => figure(v, unit), confine: true },
    xAxis: ranked ? values : { ...names, boundaryGap: kind !== 'line' },
    yAxis: ranked ? { ...names, inverse: true } : values,
    series: series.map(({ name, values: data }, i) => ({
      name,
      data,
      type: kind === 'line' ? 'line' : 'bar',
      stack: kind === 'stackedBar' ? 'all' : undefined,
      barMaxWidth: ranked ? 16 : 32,
      symbolSize: 6,
      lineStyle: { width: 2 },
      areaStyle: kind === 'line' && series.length === 1 ? { opacity: 0.08 } : undefined,
      itemStyle: ranked && limitLine ? { color: ({ value }) => (value > limit ? '#a01c1c' : COLOURS[0]) } : undefined,
      label: ranked ? { show: true, position: 'right', color: INK, backgroundColor: '#fff', padding: [1, 3], formatter: ({ value }) => figure(value, unit) } : undefined,
      markLine: i === 0 && limitLine ? { ...limitLine, z: 1 } : undefined,
    })),
  };
}

function draw(element) {
  if (element.dataset.drawn) return;
  element.dataset.drawn = 'yes';
  const canvas = element.querySelector('[data-chart-canvas]');
  const figures = JSON.parse(element.querySelector('script[type="application/json"]').textContent);
  canvas.hidden = false;
  // A bar for each of many names needs room below the others, so that every name can be read.
  if (figures.kind === 'rankedBar' && figures.categories.length > 10) canvas.style.height = `${figures.categories.length * 22 + 80}px`;
  element.querySelector('details').open = false;
  const chart = echarts.init(canvas);
  chart.setOption(option(figures, canvas.clientWidth < 480));
  if ('ResizeObserver' in window) new ResizeObserver(() => chart.resize()).observe(canvas);
}

const drawAll = () => document.querySelectorAll('[data-chart]').forEach(draw);
document.addEventListener('charts:draw', drawAll);
drawAll();
