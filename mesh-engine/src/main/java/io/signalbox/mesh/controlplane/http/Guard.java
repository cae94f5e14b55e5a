package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.config.AccessToken;
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

    private final AccessToken token;
    private final List<String> hosts;

    Guard(AccessToken token, int port) {
        this.token = token;
        this.hosts = List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
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

    /** Why the request has no right to an answer, if it has none. */
    Optional<Reply.Whole> uninvited(Request request) {
        List<String> given = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
        if (given.isEmpty()) {
            return Optional.of(challenge(Problem.of(
                    401, "Authorization", "none", "Bearer TOKEN, with the token from the control plane's token file")));
        }
        String value = given.getFirst();
        boolean bearer = given.size() == 1 && value.toLowerCase(Locale.ROOT).startsWith(BEARER);
        return bearer && token.matches(value.substring(BEARER.length()).strip())
                ? Optional.empty()
                : Optional.of(challenge(Problem.of(
                        401, "Authorization", "another token", "the token from the control plane's token file")));
    }

    static boolean hasBody(Request request) {
        return request.getLength() != 0
                && (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
    }

    private static Reply.Whole challenge(Problem problem) {
        return problem.reply().with("WWW-Authenticate", "Bearer realm=\"signalbox\"");
    }
}
