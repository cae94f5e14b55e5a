package io.signalbox.console.security;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.routing.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What the screen says of callers and certificates. */
final class SecurityWords {

    /** With less than this share of its time left a certificate should have been renewed. */
    private static final double LATE = 0.1;

    private final Texts texts;

    SecurityWords(Texts texts) {
        this.texts = texts;
    }

    String caller(String source) {
        if (source.isEmpty()) {
            return texts.get("security.others");
        }
        return source.equals(AuthorizationRule.UNKNOWN) ? texts.get("security.unknown") : source;
    }

    String extent(Reach.Extent extent) {
        return texts.get("security.extent." + extent.name().toLowerCase(Locale.ROOT));
    }

    String admittance(Admittance admittance) {
        return texts.get("security.extent." + admittance.name().toLowerCase(Locale.ROOT));
    }

    /** The rule that decides, or that the default does. */
    String rule(String rule) {
        return rule.isEmpty() ? texts.get("security.default") : rule;
    }

    static LampState lamp(Reach.Extent extent) {
        return switch (extent) {
            case ALL -> LampState.CLOSED;
            case SOME -> LampState.HALF_OPEN;
            case NONE -> LampState.OPEN;
        };
    }

    static LampState lamp(Admittance admittance) {
        return switch (admittance) {
            case ALL -> LampState.CLOSED;
            case TRIAL -> LampState.INFO;
            case SOME -> LampState.HALF_OPEN;
            case NONE -> LampState.OPEN;
        };
    }

    static String sign(Reach.Extent extent) {
        return switch (extent) {
            case ALL -> "\u25cf";
            case SOME -> "\u25d0";
            case NONE -> "\u2715";
        };
    }

    String state(CertificateInfo certificate) {
        return texts.get("security.certificate." + certificate.state().name().toLowerCase(Locale.ROOT));
    }

    static LampState lamp(CertificateInfo certificate, Instant now) {
        return switch (certificate.state()) {
            case EXPIRED -> LampState.OPEN;
            case ENDING -> LampState.HALF_OPEN;
            case ACTIVE -> late(certificate, now) ? LampState.HALF_OPEN : LampState.CLOSED;
        };
    }

    private static boolean late(CertificateInfo certificate, Instant now) {
        Duration life = Duration.between(certificate.issuedAt(), certificate.notAfter());
        Duration left = Duration.between(now, certificate.notAfter());
        return left.toMillis() < life.toMillis() * LATE;
    }
}
