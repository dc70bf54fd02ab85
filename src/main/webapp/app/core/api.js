// The server's public API, called as the page's user: cookies carry the session, writes carry the CSRF header.
export const root = new URL('.', document.baseURI);
export const base = new URL('api/v1/', root);

/** What the server refused, as a problem (RFC 9457), or why it could not be reached (status 0). */
export class Problem extends Error {
    constructor(status, body) {
        super(body?.detail ?? body?.message ?? `HTTP ${status}`);
        this.status = status;
        this.code = body?.code ?? 'unreachable';
        this.errors = body?.errors ?? [];
        this.requestId = body?.instance ?? null;
    }
}

let csrf = null;
let onEnded = () => {};

/** The page's session is known by its CSRF token. */
export const setCsrf = token => { csrf = token; };
/** Told once a session cannot be renewed. */
export const whenSessionEnds = listener => { onEnded = listener; };

/** The address of an API path below the base, with the query's members that are neither null nor empty. */
export function address(path, query = {}) {
    const url = new URL(path.replace(/^\//, ''), base);
    for (const [name, value] of Object.entries(query)) {
        if (value !== null && value !== undefined && value !== '') {
            url.searchParams.set(name, value);
        }
    }
    return url;
}

async function send(method, url, body, headers, signal) {
    const init = {method, headers: {Accept: 'application/json', ...headers}, credentials: 'same-origin', signal};
    if (body !== undefined) {
        init.headers['Content-Type'] ??= method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
        init.body = JSON.stringify(body);
    }
    if (csrf && method !== 'GET') {
        init.headers['X-CSRF-Token'] = csrf;
    }
    try {
        return await fetch(url, init);
    } catch (e) {
        if (e.name === 'AbortError') {
            throw e;
        }
        throw new Problem(0, null);
    }
}

/** Renews the session; one tab at a time, because a refresh token is good once. */
export function renew() {
    const work = async () => {
        // Another tab may have done it while this one waited.
        const me = await send('GET', address('me'));
        if (me.ok) {
            csrf = (await me.json()).csrfToken;
            return true;
        }
        const answer = await send('POST', address('auth/refresh'));
        if (answer.ok) {
            csrf = (await answer.json()).csrfToken;
        } else if (answer.status !== 401) {
            throw new Problem(answer.status, await answer.json().catch(() => null));
        }
        return answer.ok;
    };
    return navigator.locks ? navigator.locks.request('ww-refresh', work) : work();
}

/**
 * Calls the API and gives the answer's JSON (null for none). Throws a Problem for every answer that is no success.
 * `query`, `headers` and `signal` are optional.
 */
export async function call(method, path, {body, query, headers, signal} = {}) {
    const url = address(path, query);
    let answer = await send(method, url, body, headers, signal);
    if (answer.status === 401 && !path.startsWith('auth/')) {
        if (await renew()) {
            answer = await send(method, url, body, headers, signal);
        } else {
            onEnded();
        }
    }
    const text = await answer.text();
    let json = null;
    try {
        json = text ? JSON.parse(text) : null;
    } catch {
        json = null;
    }
    if (!answer.ok) {
        throw new Problem(answer.status, json);
    }
    if (json && answer.headers.has('ETag')) {
        tags.set(json, answer.headers.get('ETag'));
    }
    return json;
}

const tags = new WeakMap();
/** The ETag that an answer came with, for `If-Match`: a change is refused when somebody else made one in between. */
export const tagOf = json => tags.get(json);
const ifMatch = tag => tag ? {'If-Match': tag} : {};

export const get = (path, query, signal) => call('GET', path, {query, signal});
export const post = (path, body, headers) => call('POST', path, {body, headers});
export const put = (path, body) => call('PUT', path, {body});
export const patch = (path, body, tag) => call('PATCH', path, {body, headers: ifMatch(tag)});
export const remove = (path, tag) => call('DELETE', path, {headers: ifMatch(tag)});

/** The same call as a line for a shell, with a placeholder for the key. */
export function curl(method, path, {body, query} = {}) {
    const quote = text => `'${String(text).replaceAll("'", `'\\''`)}'`;
    const parts = ['curl -s', method === 'GET' ? '' : `-X ${method}`, quote(address(path, query)), '-H "X-API-Key: $KEY"'];
    if (body !== undefined) {
        parts.push(`-H 'Content-Type: application/json' -d ${quote(JSON.stringify(body))}`);
    }
    return parts.filter(Boolean).join(' ');
}
