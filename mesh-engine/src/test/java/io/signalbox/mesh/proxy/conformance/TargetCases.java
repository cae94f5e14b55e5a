package io.signalbox.mesh.proxy.conformance;

import static io.signalbox.mesh.proxy.conformance.Outcome.declined;
import static io.signalbox.mesh.proxy.conformance.Outcome.forwarded;
import static io.signalbox.mesh.proxy.conformance.Outcome.refused;
import static io.signalbox.mesh.proxy.conformance.RequestCase.oneOf;
import static io.signalbox.mesh.proxy.conformance.RequestCase.passes;
import static io.signalbox.mesh.proxy.conformance.RequestCase.refuses;

import java.util.List;

/** The four forms of a target, and the host it is for (RFC 9112, 3.2; RFC 9110, 4.2 and 7.2). */
final class TargetCases {

    private TargetCases() {}

    static List<RequestCase> origins() {
        return List.of(
                untouched("/a?b=c&d=e"),
                untouched("/?"),
                untouched("/??"),
                untouched("//"),
                untouched("//a//b//"),
                untouched("//other/a"),
                untouched("/."),
                untouched("/.."),
                untouched("/a/../b/./c"),
                untouched("/../../etc/passwd"),
                untouched("/%2e%2e/%2F/%2f"),
                untouched("/a;p=1/b;q"),
                untouched("/a:b@c"),
                untouched("/%00%0d%0a"),
                untouched("/%C3%A9?%c3%a9"),
                untouched("/~a!$&'()*+,;=:@-._"),
                untouched("/?a=/../b&c=//d?e"),
                untouchedOrRefused("/?%"),
                untouched("/?a+b"),
                untouched("/http://app/a"),
                untouchedOrRefused("/%"),
                untouchedOrRefused("/%zz"),
                untouchedOrRefused("/a#b"),
                untouchedOrRefused("/#"),
                untouchedOrRefused("/\"a\""),
                untouchedOrRefused("/<a>"),
                untouchedOrRefused("/a\\b"),
                untouchedOrRefused("/a|b^c`d{e}"),
                untouchedOrRefused("/é?é"),
                untouchedOrRefused("/þÿ"),
                oneOf("a target without a slash", "GET a HTTP/1.1\nHost: app\n\n", declined(400)),
                oneOf("a target that is a query", "GET ?a HTTP/1.1\nHost: app\n\n", declined(400)));
    }

    static List<RequestCase> otherForms() {
        return List.of(
                absolute("http://app/a?b", "/a?b"),
                absolute("http://app", "/"),
                absolute("http://app/", "/"),
                absolute("http://app?a", "/?a"),
                absolute("HTTP://app/a", "/a"),
                absolute("http://app/a/../b//c%2F", "/a/../b//c%2F"),
                passes(
                        "an absolute target with a port",
                        "GET http://app:8080/a HTTP/1.1\nHost: app:8080\n\n",
                        Want.get("/a").host("app:8080")),
                passes(
                        "an absolute target outranks the host",
                        "GET http://app/a HTTP/1.1\nHost: other\n\n",
                        Want.get("/a")),
                passes(
                        "an absolute target outranks the host's port",
                        "GET http://app:81/a HTTP/1.1\nHost: app:82\n\n",
                        Want.get("/a").host("app:81")),
                passes("an absolute target from an old caller", "GET http://app/a HTTP/1.0\n\n", Want.get("/a")),
                refuses("an absolute target without a host field", "GET http://app/a HTTP/1.1\n\n", 400),
                oneOf(
                        "an absolute target with a user",
                        "GET http://user:word@app/a HTTP/1.1\nHost: app\n\n",
                        forwarded(Want.get("/a")),
                        declined(400)),
                oneOf("an absolute target with no host", "GET http:///a HTTP/1.1\nHost: app\n\n", declined(400)),
                oneOf(
                        "an absolute target with a bad port",
                        "GET http://app:x/a HTTP/1.1\nHost: app\n\n",
                        declined(400)),
                oneOf(
                        "an absolute target of another scheme",
                        "GET ftp://app/a HTTP/1.1\nHost: app\n\n",
                        forwarded(Want.get("/a")),
                        declined(400, 404, 421, 501)),
                passes("an asterisk", "OPTIONS * HTTP/1.1\nHost: app\n\n", Want.of("OPTIONS", "*")),
                passes(
                        "OPTIONS of a whole server in absolute form",
                        "OPTIONS http://app HTTP/1.1\nHost: app\n\n",
                        Want.of("OPTIONS", "*")),
                passes(
                        "OPTIONS of the root in absolute form",
                        "OPTIONS http://app/ HTTP/1.1\nHost: app\n\n",
                        Want.of("OPTIONS", "/")),
                oneOf("an asterisk that is not for OPTIONS", "GET * HTTP/1.1\nHost: app\n\n", declined(400)),
                oneOf("an asterisk and more", "OPTIONS *a HTTP/1.1\nHost: app\n\n", declined(400)),
                oneOf("an authority that is not for CONNECT", "GET app:80 HTTP/1.1\nHost: app\n\n", declined(400)));
    }

    static List<RequestCase> hosts() {
        return List.of(
                host("APP"),
                host("app:80"),
                host("app:8080"),
                passes("a host in spaces", "GET / HTTP/1.1\nHost: \t app \t\n\n", Want.get("/")),
                passes(
                        "a host after other fields",
                        "GET / HTTP/1.1\nX-A: 1\nhost: app\n\n",
                        Want.get("/").with("X-A", "1")),
                refuses("no host", "GET / HTTP/1.1\n\n", 400),
                refuses("two hosts", "GET / HTTP/1.1\nHost: app\nHost: other\n\n", 400),
                refuses("the same host twice", "GET / HTTP/1.1\nHost: app\nHost: app\n\n", 400),
                refuses("two hosts far apart", "GET / HTTP/1.1\nHost: app\nX-A: 1\nhOST: other\n\n", 400),
                refuses("two hosts from an old caller", "GET / HTTP/1.0\nHost: app\nHost: other\n\n", 400),
                oneOf("an empty host", "GET / HTTP/1.1\nHost:\n\n", declined(400, 404)),
                oneOf("no host from an old caller", "GET / HTTP/1.0\n\n", declined(400, 404)),
                oneOf("a host that nobody knows", "GET / HTTP/1.1\nHost: nobody\n\n", declined(404)),
                badHost("app, other"),
                badHost("app other"),
                badHost("app/a"),
                badHost("app?a"),
                badHost("app#a"),
                badHost("user@app"),
                badHost("user:word@app"),
                badHost("app:x"),
                badHost("app:80:80"),
                badHost("app:-1"),
                badHost("http://app"),
                badHost("[app"),
                badHost("app]"),
                badHost("\"app\""),
                badHost("app␀"),
                badHost("app␍other"),
                badHost("app\\other"),
                badHost("<app>"),
                oneOf(
                        "a host on a folded line",
                        "GET / HTTP/1.1\nHost:\n app\n\n",
                        forwarded(Want.get("/")),
                        refused(400)));
    }

    private static RequestCase untouched(String target) {
        return passes("the target " + target, "GET " + target + " HTTP/1.1\nHost: app\n\n", Want.get(target));
    }

    /** No target that the grammar knows: refused, but never repaired (RFC 9112, 3.2). */
    private static RequestCase untouchedOrRefused(String target) {
        return oneOf(
                "the target " + target,
                "GET " + target + " HTTP/1.1\nHost: app\n\n",
                forwarded(Want.get(target)),
                declined(400));
    }

    private static RequestCase absolute(String target, String origin) {
        return passes("the target " + target, "GET " + target + " HTTP/1.1\nHost: app\n\n", Want.get(origin));
    }

    private static RequestCase host(String host) {
        return passes(
                "the host " + host,
                "GET / HTTP/1.1\nHost: " + host + "\n\n",
                Want.get("/").host(host));
    }

    private static RequestCase badHost(String host) {
        return oneOf("the host " + Wire.shown(host), "GET / HTTP/1.1\nHost: " + host + "\n\n", declined(400));
    }
}
