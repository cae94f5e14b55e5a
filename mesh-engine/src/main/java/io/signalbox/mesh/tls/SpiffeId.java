package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a workload within a trust domain, such as {@code spiffe://corner-shop.signalbox/service/cart}.
 *
 * <p>Grammar: SPIFFE-ID standard, section 2; anything else is refused, nothing is normalized.
 *
 * @param trustDomain 1 to 255 of {@code a-z 0-9 . - _}
 * @param path empty, or segments of letters, digits and {@code . - _}, each after a slash
 */
public record SpiffeId(String trustDomain, String path) {

    private static final String SCHEME = "spiffe://";
    private static final String SERVICE_PATH = "/service/";
    private static final int LONGEST = 2_048;
    private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*");

    public SpiffeId {
        trustDomain(trustDomain);
        InvalidValueException.unless(
                path.length() <= LONGEST && PATH.matcher(path).matches(), "spiffe_id.path", path, "/segment/…");
        int length = SCHEME.length() + trustDomain.length() + path.length();
        InvalidValueException.unless(length <= LONGEST, "spiffe_id", length + " bytes", "at most " + LONGEST);
    }

    public static SpiffeId parse(String text) {
        InvalidValueException.unless(
                text.startsWith(SCHEME), "spiffe_id", text, "spiffe://TRUST-DOMAIN/PATH, in lower case up to the path");
        String rest = text.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        return slash < 0 ? new SpiffeId(rest, "") : new SpiffeId(rest.substring(0, slash), rest.substring(slash));
    }

    /** The id that every instance of a service bears. */
    public static SpiffeId ofService(String trustDomain, String service) {
        return new SpiffeId(trustDomain, SERVICE_PATH + Names.service("service", service));
    }

    /** The service that it names, if its path is {@code /service/NAME}. */
    public Optional<String> service() {
        return path.startsWith(SERVICE_PATH) && path.indexOf('/', SERVICE_PATH.length()) < 0
                ? Optional.of(path.substring(SERVICE_PATH.length()))
                : Optional.empty();
    }

    /** Returns the trust domain if it is one. */
    static String trustDomain(String name) {
        InvalidValueException.unless(
                TRUST_DOMAIN.matcher(name).matches(), "trust_domain", name, "1 to 255 of a-z, 0-9, . - _");
        return name;
    }

    @Override
    public String toString() {
        return SCHEME + trustDomain + path;
    }
}
