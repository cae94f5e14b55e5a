package io.signalbox.mesh.client;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import java.time.Duration;
import java.util.Optional;

/**
 * A token that is asked for.
 *
 * @param name by which it is listed, revoked, and named in the audit log; made up when it is empty
 * @param lifetime from a second to a year
 */
public record TokenRequest(Optional<String> name, TokenScope scope, Duration lifetime, TokenInfo.Uses uses) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    public TokenRequest {
        name.ifPresent(given -> Names.service("name", given));
        InvalidValueException.unless(
                lifetime.compareTo(SHORTEST) >= 0 && lifetime.compareTo(LONGEST) <= 0,
                "for",
                lifetime,
                "1s to 8760h, such as 8h");
        InvalidValueException.unless(
                uses == TokenInfo.Uses.MANY || scope instanceof TokenScope.Sidecar,
                "scope",
                scope.text(),
                "sidecar:SERVICE, as one use is that of joining");
    }
}
