package io.signalbox.mesh.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sends copies of a service's requests somewhere else as well, where nobody waits for the answers.
 *
 * @param version of the same service that gets them; one of this and {@code service}
 * @param service another one that gets them
 * @param match conditions like those of a rule, but on methods, on the requests that may be copied (default: none)
 * @param share of the requests that may be copied, in percent, 0..100, fractions allowed (default 100)
 * @param methods of requests that may be copied (default: GET, HEAD, OPTIONS, which change nothing)
 * @param maxInFlight copies of one caller's sidecar under way at once, 1..1000 (default 32)
 * @param diff compares the mirror's answers with those that callers get
 */
public record Mirror(
        Optional<String> version,
        Optional<String> service,
        RouteMatch match,
        double share,
        Set<String> methods,
        int maxInFlight,
        Optional<Diff> diff) {

    public static final double ALL = 100;
    public static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    public static final int DEFAULT_IN_FLIGHT = 32;

    private static final int MOST_IN_FLIGHT = 1_000;

    public Mirror {
        methods = Set.copyOf(methods);
        InvalidValueException.unless(
                version.isPresent() || service.isPresent(), "mirror.version", "missing", "one of version, service");
        InvalidValueException.unless(
                version.isEmpty() || service.isEmpty(), "mirror.service", "beside version", "one of version, service");
        version.ifPresent(name -> Names.version("mirror.version", name));
        service.ifPresent(name -> Names.service("mirror.service", name));
        InvalidValueException.unless(
                match.methods().isEmpty(),
                "mirror.match",
                "has methods",
                "conditions without methods: mirror.methods says which");
        InvalidValueException.unless(share >= 0 && share <= ALL, "mirror.share", share, "0..100");
        InvalidValueException.unless(!methods.isEmpty(), "mirror.methods", "none", "at least one");
        methods.forEach(method -> RouteMatch.requireMethod("mirror.methods", method));
        InvalidValueException.unless(!methods.contains("CONNECT"), "mirror.methods", "CONNECT", "methods of requests");
        InvalidValueException.unless(
                maxInFlight >= 1 && maxInFlight <= MOST_IN_FLIGHT, "mirror.maxInFlight", maxInFlight, "1..1000");
    }

    /**
     * How answers are compared.
     *
     * @param noiseShare percent of copied GETs that are sent to a second primary as well, 0..100 (default 10)
     * @param ignoreHeaders header fields that are not compared, in any case, beside those that never are
     */
    public record Diff(double noiseShare, Set<String> ignoreHeaders) {

        public static final double DEFAULT_NOISE_SHARE = 10;

        private static final int MOST_IGNORED = 64;

        public Diff {
            InvalidValueException.unless(noiseShare >= 0 && noiseShare <= ALL, "diff.noiseShare", noiseShare, "0..100");
            ignoreHeaders.forEach(name -> Names.token("diff.ignoreHeaders", name));
            InvalidValueException.unless(
                    ignoreHeaders.size() <= MOST_IGNORED,
                    "diff.ignoreHeaders",
                    ignoreHeaders.size() + " names",
                    "at most " + MOST_IGNORED);
            ignoreHeaders = ignoreHeaders.stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Where the copies go, for people: the version or the service. */
    public String to() {
        return version.or(() -> service).orElseThrow();
    }
}
