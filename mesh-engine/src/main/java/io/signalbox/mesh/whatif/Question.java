package io.signalbox.mesh.whatif;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know before it is put in force.
 *
 * @param policies YAML or JSON in the policy format, several documents allowed; empty to ask about weights alone
 * @param service the only one that is asked about; {@code null} for all that the documents are of
 * @param weights shares that versions of {@code service} would get, as when they are set by hand; empty for none
 * @param last how far back, more than zero, at most an hour (default 10 min)
 * @param limit so many requests are decided again at most, 1..10,000 of each service, the newest
 */
public record Question(
        String policies, @Nullable String service, Map<String, Weight> weights, Duration last, int limit) {

    public static final Duration DEFAULT_LAST = Duration.ofMinutes(10);
    public static final Duration LONGEST = Duration.ofHours(1);
    public static final int MOST = 10_000;

    public Question {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        InvalidValueException.unless(
                last.isPositive() && last.compareTo(LONGEST) <= 0, "last", last, "more than zero, at most 1h");
        InvalidValueException.unless(limit >= 1 && limit <= MOST, "limit", limit, "1.." + MOST);
        InvalidValueException.unless(
                weights.isEmpty() || service != null, "service", "none", "the service whose weights are meant");
        InvalidValueException.unless(
                !policies.isBlank() || !weights.isEmpty(), "policies", "none", "a policy document, or weights");
        InvalidValueException.unless(
                policies.isBlank() || weights.isEmpty(), "weights", "beside policies", "either of the two");
    }

    /** About those documents, over the last ten minutes. */
    public static Question of(String policies) {
        return new Question(policies, null, Map.of(), DEFAULT_LAST, MOST);
    }

    /** About weights that are set by hand, over the last ten minutes. */
    public static Question ofWeights(String service, Map<String, Weight> weights) {
        return new Question("", service, weights, DEFAULT_LAST, MOST);
    }
}
