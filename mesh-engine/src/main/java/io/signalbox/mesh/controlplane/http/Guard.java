package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.controlplane.Caller;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.controlplane.Identities;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may be looked at, before anything of it is.
 *
 * <p>A browser that was lured here names another host or a foreign origin; a program that was not invited has no token.
 */
final class Guard {

    private static final String BEARER = "bearer ";
    private static final List<String> SAME_SITE = List.of("same-origin", "none");

    /** The one path that a token for one use opens. */
    static final String JOINING = "/api/v1/identities/sign";

    private static final String EXPECTED = "the token from the control plane's token file";

    /** Whoever asks for what anyone may. */
    static final Admission ANYONE =
            new Admission.Admitted(new Caller.Holder("anyone", new TokenScope.Read(), TokenInfo.Uses.MANY));

    private final Doorkeeper door;
    private final List<String> hosts;
    private final String scheme;

    Guard(Doorkeeper door, Listening listening, int port) {
        this.door = door;
        this.hosts = listening.hosts(port);
        this.scheme = listening.scheme() + "://";
    }

    /** Whether a request is looked at. */
    sealed interface Admission {

        record Admitted(Caller caller) implements Admission {}

        record Refused(Reply.Whole why) implements Admission {}
    }

    /** Why the request comes from where none may come from, if it does. */
    Optional<Problem> foreign(Request request) {
        HttpFields headers = request.getHeaders();
        List<String> given = headers.getValuesList(HttpHeader.HOST);
        // Of a request in HTTP/2, and of one to a proxy, the authority is what counts; both may be there.
        String authority = request.getHttpURI().getAuthority();
        if (given.size() > 1 || (given.isEmpty() && authority == null) || !mayBe(given) || !mayBe(authority)) {
            return Optional.of(Problem.of(
                    421,
                    "Host",
                    given.isEmpty() ? String.valueOf(authority) : String.join(", ", given),
                    "one of " + String.join(", ", hosts)));
        }
        for (HttpField origin : headers.getFields(HttpHeader.ORIGIN)) {
            if (hosts.stream().noneMatch(host -> (scheme + host).equalsIgnoreCase(origin.getValue()))) {
                return Optional.of(Problem.of(403, "Origin", origin.getValue(), "none, or this control plane's own"));
            }
        }
        return headers.getFields("Sec-Fetch-Site").stream()
                .map(HttpField::getValue)
                .filter(site -> !SAME_SITE.contains(site))
                .findFirst()
                .map(site -> Problem.of(403, "Sec-Fetch-Site", site, String.join(" | ", SAME_SITE)));
    }

    private boolean mayBe(List<String> given) {
        return given.stream().allMatch(this::mayBe);
    }

    private boolean mayBe(@Nullable String host) {
        return host == null || hosts.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Who asks, by the token that was presented; or why nobody is let in by it. */
    Admission admit(Request request) {
        List<String> given = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
        X509Certificate[] chain = shown(request);
        if (given.isEmpty() && chain.length > 0 && door.identities().isPresent()) {
            return member(door.identities().get(), chain);
        }
        if (given.isEmpty()) {
            return refused("none", "Bearer TOKEN, with the token from the control plane's token file");
        }
        String value = given.getFirst();
        if (given.size() != 1 || !value.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return refused("another token", EXPECTED);
        }
        return switch (door.judge(value.substring(BEARER.length()).strip())) {
            case Doorkeeper.Verdict.Known(Caller caller) -> new Admission.Admitted(caller);
            case Doorkeeper.Verdict.Ended(TokenInfo info) -> new Admission.Refused(ended(info));
            case Doorkeeper.Verdict.Unknown _ -> refused("another token", EXPECTED);
        };
    }

    /** Proven anew each time: a connection may outlive the certificate that opened it. */
    private static Admission member(Identities identities, X509Certificate[] chain) {
        try {
            return new Admission.Admitted(identities.member(chain));
        } catch (CertificateException e) {
            return new Admission.Refused(
                    Problem.of(401, String.valueOf(e.getMessage())).reply());
        }
    }

    /** The certificates that the caller showed; empty where it showed none. */
    private static X509Certificate[] shown(Request request) {
        if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session) {
            X509Certificate @Nullable [] chain = session.peerCertificates();
            return chain == null ? new X509Certificate[0] : chain;
        }
        return new X509Certificate[0];
    }

    /** Why the caller may not ask for this, if he may not. */
    static Optional<Problem> outOfScope(Caller caller, Route route) {
        if (!route.access().grantedBy(caller.scope())) {
            return Optional.of(Problem.of(
                    403, "scope", caller.scope().text(), route.access().expected()));
        }
        boolean once = caller instanceof Caller.Holder holder && holder.uses() == TokenInfo.Uses.ONCE;
        if (once && !route.path().equals(JOINING)) {
            return Optional.of(Problem.of(403, "token", "one for a certificate", "POST " + JOINING + " and no more"));
        }
        return Optional.empty();
    }

    static boolean hasBody(Request request) {
        return request.getLength() != 0
                && (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
    }

    /** Tells the holder of a token that it is good no more. */
    static Reply.Whole ended(TokenInfo info) {
        return challenge("a token that " + why(info), "one that is good; signalbox token create makes it");
    }

    private static Admission refused(String value, String expected) {
        return new Admission.Refused(challenge(value, expected));
    }

    private static Reply.Whole challenge(String value, String expected) {
        return Problem.of(401, "Authorization", value, expected)
                .reply()
                .with("WWW-Authenticate", "Bearer realm=\"signalbox\"");
    }

    private static String why(TokenInfo info) {
        return switch (info.state()) {
            case EXPIRED -> "expired at " + info.expiresAt();
            case REVOKED -> "was revoked";
            case USED -> "was used, and was good once";
            case ACTIVE -> throw new IllegalStateException("An active token has not ended");
        };
    }
}
