/**
 * Runs at the edge before each request of a browser, as CloudFront writes its functions. It checks nothing: API Gateway
 * does. A form that comes too late is not turned into a look at the page, for its sender would think it was done.
 */
export const doorman = `function handler(event) {
  var request = event.request;
  var session = request.cookies['pilot-session'];
  delete request.headers.authorization;
  if (session) request.headers.authorization = { value: 'Bearer ' + session.value };
  if (session || request.uri.startsWith('/auth/')) return request;
  if (request.method !== 'GET') {
    return {
      statusCode: 401,
      headers: { 'content-type': { value: 'text/html; charset=utf-8' }, 'cache-control': { value: 'no-store' } },
      body: { encoding: 'text', data: '<!doctype html><title>Signed out</title><h1>Nothing was done</h1><p>You were signed out meanwhile. <a href="/auth/login">Sign in</a> and press again.</p>' }
    };
  }
  var names = Object.keys(request.querystring);
  var query = names.map(function (name) { return name + '=' + request.querystring[name].value; }).join('&');
  var to = request.uri + (query === '' ? '' : '?' + query);
  return {
    statusCode: 302,
    headers: { location: { value: '/auth/login?to=' + encodeURIComponent(to) }, 'cache-control': { value: 'no-store' } }
  };
}`;
