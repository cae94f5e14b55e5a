package io.signalbox.mesh.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a routing rule does with the requests that it takes. */
public sealed interface RuleTarget {

    /** They go to this version. */
    record Version(String version) implements RuleTarget {

        public Version {
            Names.version("rules.to", version);
        }
    }

    /** They are divided among these versions, in the written order. The weights sum to 100. */
    record Weighted(Map<String, Weight> weights) implements RuleTarget {

        public Weighted {
            weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
            weights.keySet().forEach(version -> Names.version("rules.to", version));
            int sum = weights.values().stream().mapToInt(Weight::percent).sum();
            InvalidValueException.unless(sum == 100, "rules.to", weights, "weights that sum to 100, not " + sum);
        }
    }

    /**
     * The caller is told to ask elsewhere; the query stays.
     *
     * @param status 301, 302, 303, 307 or 308 (default 302)
     * @param scheme of the other place; only beside a host (default {@code http})
     * @param to what is different about the other place
     */
    record Redirect(int status, Optional<String> scheme, Rewrite to) implements RuleTarget {

        public static final int DEFAULT_STATUS = 302;

        public Redirect {
            InvalidValueException.unless(
                    (status >= 301 && status <= 303) || status == 307 || status == 308,
                    "redirect.status",
                    status,
                    "301, 302, 303, 307 or 308");
            scheme.ifPresent(word -> InvalidValueException.unless(
                    word.equals("http") || word.equals("https"), "redirect.scheme", word, "http | https"));
            InvalidValueException.unless(
                    scheme.isEmpty() || to.host().isPresent(),
                    "redirect.scheme",
                    scheme.orElse(""),
                    "a host beside it");
        }
    }

    /**
     * The mesh answers by itself.
     *
     * @param status 200..599
     * @param body at most {@value #LONGEST_BODY} characters
     * @param contentType of the body (default {@code text/plain; charset=utf-8})
     */
    record DirectResponse(int status, String body, String contentType) implements RuleTarget {

        public static final String DEFAULT_TYPE = "text/plain; charset=utf-8";
        public static final int LONGEST_BODY = 4_096;

        private static final Pattern TYPE = Pattern.compile("[!-~]+/[!-~][ -~]{0,120}");

        public DirectResponse {
            InvalidValueException.unless(status >= 200 && status <= 599, "directResponse.status", status, "200..599");
            InvalidValueException.unless(
                    body.length() <= LONGEST_BODY,
                    "directResponse.body",
                    body.length() + " characters",
                    "at most " + LONGEST_BODY + " characters");
            InvalidValueException.unless(
                    body.isEmpty() || (status != 204 && status != 205 && status != 304),
                    "directResponse.body",
                    "given",
                    "none, since an answer with status " + status + " has no body");
            InvalidValueException.unless(
                    TYPE.matcher(contentType).matches(),
                    "directResponse.contentType",
                    contentType,
                    "a media type, such as application/json");
        }
    }
}
