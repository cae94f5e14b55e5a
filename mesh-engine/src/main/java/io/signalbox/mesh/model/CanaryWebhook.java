package io.signalbox.mesh.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody who is asked before a rollout goes on, or told when it has ended: an HTTP POST that agrees by a status of 2xx.
 *
 * @param name 1 to 63 of {@code a-z 0-9 -}; one of its kind in a canary
 * @param url {@code http} or {@code https}, without user, password and fragment
 * @param timeout for the whole answer, more than zero, at most a minute (default 10 s)
 * @param retries how often it is tried again before the failure counts, 0..10 (default 2)
 * @param onFailure what follows from a failure (default: it holds; of one that is told only, it is ignored)
 * @param secret the name of the secret that signs the request; empty for one that is not signed
 */
public record CanaryWebhook(
        String name, URI url, When when, Duration timeout, int retries, OnFailure onFailure, Optional<String> secret) {

    public static final Duration TIMEOUT = Duration.ofSeconds(10);
    public static final int RETRIES = 2;

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_RETRIES = 10;
    private static final int LONGEST_URL = 2048;
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    public CanaryWebhook {
        name("name", name);
        requireUrl(url);
        InvalidValueException.unless(
                timeout.isPositive() && timeout.compareTo(LONGEST) <= 0,
                "timeout",
                DurationText.format(timeout),
                "more than zero, at most 1m");
        InvalidValueException.unless(retries >= 0 && retries <= MOST_RETRIES, "retries", retries, "0.." + MOST_RETRIES);
        InvalidValueException.unless(
                when.asks() || onFailure == OnFailure.IGNORE,
                "onFailure",
                onFailure.wireName(),
                "ignore, since " + when.wireName() + " is told when it has happened");
        secret.ifPresent(word -> name("secret", word));
    }

    public static URI parseUrl(String text) {
        try {
            URI url = new URI(text);
            requireUrl(url);
            return url;
        } catch (URISyntaxException e) {
            throw new InvalidValueException("url", text, "an http or https URL");
        }
    }

    /** What follows from a failure unless the policy says so. */
    public static OnFailure usual(When when) {
        return when.asks() ? OnFailure.HOLD : OnFailure.IGNORE;
    }

    private static void name(String field, String value) {
        InvalidValueException.unless(
                NAME.matcher(value).matches(), field, value, "1 to 63 of a-z 0-9 -, not - at either end");
    }

    private static void requireUrl(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        InvalidValueException.unless(
                (scheme.equals("http") || scheme.equals("https"))
                        && url.getHost() != null
                        && url.getRawUserInfo() == null
                        && url.getRawFragment() == null
                        && url.toString().length() <= LONGEST_URL,
                "url",
                url.getRawUserInfo() == null ? url : "one with a user",
                "an http or https URL with a host, without user, password and fragment");
    }

    /** At which moment of a rollout. */
    public enum When {
        /** Before a share is put in force, the first one too. */
        BEFORE_STEP,
        /** When a step is done, before anything follows. */
        AFTER_STEP,
        /** Before the candidate takes all requests for good. */
        BEFORE_PROMOTE,
        /** When it does. */
        PROMOTED,
        /** When the candidate gets nothing any more. */
        ROLLBACK;

        /** Whether it is asked, and not only told. */
        public boolean asks() {
            return switch (this) {
                case BEFORE_STEP, AFTER_STEP, BEFORE_PROMOTE -> true;
                case PROMOTED, ROLLBACK -> false;
            };
        }

        public String wireName() {
            return wire(this);
        }

        public static When parse(String text) {
            return parsed("when", text, List.of(values()));
        }
    }

    /** What follows when it does not agree in time. */
    public enum OnFailure {
        /** The rollout holds, and it is asked again until it agrees. */
        HOLD,
        /** The rollout is rolled back. */
        ROLL_BACK,
        /** The rollout goes on. */
        IGNORE;

        public String wireName() {
            return wire(this);
        }

        public static OnFailure parse(String text) {
            return parsed("onFailure", text, List.of(values()));
        }
    }

    private static String wire(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E parsed(String field, String text, List<E> words) {
        return words.stream()
                .filter(word -> wire(word).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        field,
                        text,
                        String.join(
                                " | ", words.stream().map(CanaryWebhook::wire).toList())));
    }
}
