package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.controlplane.Caller;
import io.signalbox.mesh.controlplane.Doorkeeper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

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

    Guard(Doorkeeper door, int port) {
        this.door = door;
        this.hosts = List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
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
        if (given.size() != 1 || !hosts.contains(given.getFirst().toLowerCase(Locale.ROOT))) {
            return Optional.of(Problem.of(421, "Host", String.join(", ", given), "one of " + String.join(", ", hosts)));
        }
        for (HttpField origin : headers.getFields(HttpHeader.ORIGIN)) {
            if (hosts.stream().noneMatch(host -> ("http://" + host).equalsIgnoreCase(origin.getValue()))) {
                return Optional.of(Problem.of(403, "Origin", origin.getValue(), "none, or this control plane's own"));
            }
        }
        String site = headers.get("Sec-Fetch-Site");
        return site == null || SAME_SITE.contains(site)
                ? Optional.empty()
                : Optional.of(Problem.of(403, "Sec-Fetch-Site", site, String.join(" | ", SAME_SITE)));
    }

    /** Who asks, by the token that was presented; or why nobody is let in by it. */
    Admission admit(Request request) {
        List<String> given = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
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
