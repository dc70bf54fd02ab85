// Small parts that many pages show; each is a function that gives a template.
import {html, nothing} from '../vendor/lit.js';
import {exact, number, relative} from '../core/format.js';
import {t, knows} from '../core/text.js';
import {sentenceOf} from '../core/toasts.js';

/** "3 minutes ago", with the exact time on hover. */
export const when = time => time ? html`<time datetime=${time} title=${exact(time)}>${relative(time)}</time>` : nothing;

/** A coloured word; `state` is also its class. */
export const chip = (state, text = t(`state.${state}`)) => html`<span class="chip ${state}">${text}</span>`;

/** A bar for part of a whole; without `max` it says that it works. */
export const bar = (value, max, label) => html`<progress aria-label=${label} value=${max ? value : nothing} max=${max || nothing}></progress>`;

/** How much of a limit is used: a meter with its figures. `name` is what is read out where the label is more than a text. */
export function meter(label, used, limit, show = String, name = label) {
    const full = limit > 0 && used >= limit * 0.9;
    return html`<div class="meter ${full ? 'full' : ''}"><span>${label}</span><bdi class="figures">${limit === null || limit === undefined
        ? show(used) : t('meter.of', {used: show(used), limit: show(limit)})}</bdi>${limit ? html`<progress aria-label=${name} value=${Math.min(used, limit)} max=${limit}></progress>` : nothing}</div>`;
}

/** Names with their numbers, [name, number], as bars beside each other's. */
export function bars(entries, kind = '') {
    const most = Math.max(...entries.map(([, many]) => many));
    return html`<table class="bars ${kind}"><tbody>${entries.map(([name, many]) => html`<tr><th scope="row">${name}</th><td>${bar(many, most, name)}</td><td class="number">${number(many)}</td></tr>`)}</tbody></table>`;
}

/** A problem of the server where it belongs; null shows nothing. */
export const fault = problem => problem ? html`<div class="fault" role="alert"><p>${sentenceOf(problem)}</p>
    ${problem.errors?.length > 1 ? html`<ul>${problem.errors.map(each => html`<li>${each.detail}</li>`)}</ul>` : nothing}
    ${problem.requestId ? html`<small>${t('problem.request', {id: problem.requestId})}</small>` : nothing}</div>` : nothing;

/** What an empty place teaches. */
export const empty = (title, text, more = nothing) => html`<div class="empty"><h2>${title}</h2><p>${text}</p>${more}</div>`;

/** A button with a sign of its own; its name is read out and shown on hover. */
export const iconButton = (icon, label, run, options = {}) => html`<button type="button" class="icon ${options.class ?? ''}" title=${label}
    aria-label=${label} ?disabled=${options.disabled} @click=${run}><svg aria-hidden="true"><use href="app/icons.svg#${icon}"></use></svg></button>`;

export const icon = name => html`<svg class="sign" aria-hidden="true"><use href="app/icons.svg#${name}"></use></svg>`;

/** A word of the server in the user's language, or as it came. */
export const word = (area, code) => knows(`${area}.${code}`) ? t(`${area}.${code}`) : code;

/** What a scope lets one do. */
export const scopeWord = scope => word('scope', scope.replace(':', '-').replace('*', 'all'));
