// How a download came to where it is: the steps of a run with how long each took, and the runs with how each ended.
import {html, nothing} from '../vendor/lit.js';
import {duration, exact, local} from '../core/format.js';
import {t, knows} from '../core/text.js';
import {chip, when} from './small.js';

const seconds = (from, to) => (new Date(to) - new Date(from)) / 1000;

/** The steps that a run entered, with when it did; those that it will enter have no time. */
function stepsOf(download, attempt, before) {
    const phases = attempt?.phases ?? {};
    if (download.kind === 'collection') {
        return [['queued', download.createdAt], ['claimed', attempt?.startedAt], ['items', attempt?.endedAt], ['ready', download.status === 'success' ? download.completedAt : null]]
            .map(([name, at]) => ({name, at: at ?? null}));
    }
    const begun = [['queued', before?.endedAt ?? download.createdAt], ['claimed', attempt?.startedAt], ['login', phases.login], ['needsInput', phases.needsInput],
        ['downloading', phases.downloading], ['verifying', phases.verifying], ['ready', phases.ready]];
    return begun.filter(([name, at]) => at || name !== 'needsInput').map(([name, at]) => ({name, at: at ?? null}));
}

/** The run's last step is where it is, or where it ended otherwise than well. */
function stateOfStep(steps, at, attempt, download) {
    const last = steps.findLastIndex(step => step.at);
    if (at > last) {
        return 'ahead';
    }
    if (at < last || steps[at].name === 'ready') {
        return 'past';
    }
    const ofRun = attempt && download.kind !== 'collection';
    if (!(ofRun ? attempt.endedAt : download.completedAt)) {
        return 'now';
    }
    const outcome = ofRun ? attempt.outcome : download.status;
    return outcome === 'success' ? 'past' : ['canceled', 'waiting', 'expanded'].includes(outcome) ? 'stopped' : 'broken';
}

/** The steps of the run with the number, or of the next one, which is not there yet. */
export function timeline(download, attempts, number) {
    const at = attempts.findIndex(each => each.number === number);
    const attempt = attempts[at];
    const steps = stepsOf(download, attempt, at === -1 ? attempts.at(-1) : attempts[at - 1]);
    const known = steps.filter(step => step.at);
    return html`<ol class="timeline" aria-label=${t('download.timeline')}>${steps.map((step, index) => {
        const state = stateOfStep(steps, index, attempt, download);
        const next = known[known.indexOf(step) + 1]?.at ?? (download.kind === 'collection' ? null : attempt?.endedAt) ?? download.completedAt ?? new Date().toISOString();
        return html`<li class=${state} aria-current=${state === 'now' ? 'step' : nothing}><b>${t(`step.${step.name}`)}</b>
            ${step.at ? html`<time datetime=${step.at} title=${exact(step.at)}>${step.name === 'ready' ? when(step.at) : duration(seconds(step.at, next))}</time>` : html`<span>–</span>`}
            <span class="unseen">${t(`step.is.${state}`)}</span></li>`;
    })}</ol>`;
}

const CALM = {success: 'success', canceled: 'canceled', waiting: 'waiting', expanded: 'success', interrupted: 'waiting'};

/** The runs, the newest first; `choose(number)` shows another one's steps and log. */
export const runs = (attempts, chosen, choose) => attempts.length === 0 ? nothing : html`<div class="wide-table"><table class="runs"><thead><tr>
        <th scope="col">${t('download.run')}</th><th scope="col">${t('download.began')}</th><th scope="col">${t('download.took')}</th><th scope="col">${t('download.ended')}</th><th scope="col">${t('download.reason')}</th></tr></thead>
    <tbody>${[...attempts].reverse().map(run => html`<tr class=${run.number === chosen ? 'chosen' : ''}>
        <td><button type="button" class="small ${run.number === chosen ? '' : 'secondary outline'}" aria-pressed=${run.number === chosen} title=${t('download.run.show')} @click=${() => choose(run.number)}>${run.number}</button></td>
        <td>${when(run.startedAt)}<br><small>${run.instance}</small></td>
        <td>${duration(seconds(run.startedAt, run.endedAt ?? new Date().toISOString()))}</td>
        <td>${chip(run.outcome === null ? 'running' : CALM[run.outcome] ?? 'failed', knows(`outcome.${run.outcome}`) ? t(`outcome.${run.outcome}`) : run.outcome ? t('outcome.failed') : undefined)}</td>
        <td class="why">${local(run.message) ?? ''}${run.advice ? html`<br><small>${local(run.advice)}</small>` : nothing}${run.exitCode !== null ? html`<br><small>${t('download.exit', {n: String(run.exitCode)})}</small>` : nothing}</td></tr>`)}</tbody></table></div>`;
