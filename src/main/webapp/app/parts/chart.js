// Bars over the hours of a day. uPlot and its style sheet come with the first chart.
import {html} from '../vendor/lit.js';
import UPlot from '../vendor/uplot.js';
import {Element} from '../core/element.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {language, t} from '../core/text.js';

const HEIGHT = 170;
const dark = matchMedia('(prefers-color-scheme: dark)');
const POWERS = Array.from({length: 60}, (_, at) => 2 ** at);
const WHOLE = Array.from({length: 10}, (_, at) => [1, 2, 5].map(step => step * 10 ** at)).flat();
const hour = seconds => new Date(seconds * 1000).toLocaleTimeString(language, {hour: '2-digit', minute: '2-digit'});

/**
 * `times` are seconds since 1970; `series` are {label, colour: a custom property's name, values}, stacked, the first one lowest;
 * `show` writes a value, `binary` puts the marks at powers of two. `label` says in words what is to be seen.
 */
class Chart extends Element {
    static properties = {times: {attribute: false}, series: {attribute: false}, label: {}, show: {attribute: false}, binary: {type: Boolean}};
    #plot = null;
    #width = new ResizeObserver(([entry]) => this.#plot?.setSize({width: Math.floor(entry.contentRect.width), height: HEIGHT}));

    connectedCallback() {
        super.connectedCallback();
        this.watch(session, 'change', () => this.#redraw());
        this.watch(dark, 'change', () => this.#redraw());
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#width.disconnect();
        this.#plot?.destroy();
        this.#plot = null;
    }

    render() {
        return html`<div class="chart" role="img" aria-label=${this.label}></div>`;
    }

    async updated() {
        await sheet('vendor/uplot');
        if (!this.isConnected) {
            return;
        }
        const data = this.#stacked();
        if (this.#plot && this.#plot.series.slice(1).map(each => each.label).join() === [...this.series].reverse().map(each => each.label).join()) {
            this.#plot.setData(data);
        } else {
            this.#draw(data);
        }
    }

    /** What is drawn first is the whole; each further one covers a part of it. */
    #stacked() {
        const sums = this.series.map((_, at) => this.times.map((__, i) => this.series.slice(0, at + 1).reduce((sum, {values}) => sum + values[i], 0)));
        return [this.times, ...sums.reverse()];
    }

    #draw(data) {
        this.#plot?.destroy();
        const host = this.querySelector('.chart');
        const colour = name => getComputedStyle(this).getPropertyValue(name).trim();
        const axis = {stroke: () => colour('--ww-muted'), grid: {stroke: () => colour('--ww-line'), width: 1}, ticks: {show: false}, font: '12px system-ui, sans-serif'};
        this.#plot = new UPlot({
            width: Math.floor(host.clientWidth), height: HEIGHT, padding: [8, 26, 0, 0], cursor: {drag: {x: false, y: false}, points: {show: false}},
            scales: {x: {time: true, range: (_, first, last) => [first - 1800, last + 1800]}, y: {range: (_, least, most) => [0, Math.max(most * 1.05, this.binary ? 1024 : 4)]}},
            axes: [{...axis, size: 30, values: (_, marks) => marks.map(hour), space: 60},
                {...axis, size: this.binary ? 72 : 44, incrs: this.binary ? POWERS : WHOLE, values: (_, marks) => marks.map(mark => this.show(mark))}],
            series: [{label: t('dash.hour'), value: (_, at) => at === null ? '–' : hour(at)}, ...[...this.series].reverse().map((each, back) => ({
                label: each.label, fill: () => colour(each.colour), stroke: () => colour(each.colour), width: 0, points: {show: false}, paths: UPlot.paths.bars({size: [0.75, 36]}),
                value: (plot, _, __, at) => at === null ? '–' : this.show(this.series[this.series.length - 1 - back].values[at])}))],
        }, data, host);
        this.#width.observe(host);
    }

    #redraw() {
        requestAnimationFrame(() => this.#plot?.redraw(false, true));
    }
}
customElements.define('ww-chart', Chart);
