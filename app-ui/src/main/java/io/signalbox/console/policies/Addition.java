package io.signalbox.console.policies;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A field of the policy format, as it may be put into a text that has not got it yet: valid, and with its defaults. */
enum Addition {
    RETRY("retry", """
        retry:
          maxAttempts: 3
          perTryTimeout: 1s
          retryOn: [gateway-error, connect-failure, reset]
          backoff: { base: 25ms, max: 1s }
          budget: { ratio: 0.2, minPerSecond: 3 }
          methods: idempotent
        """),
    OUTLIER_DETECTION("outlierDetection", """
        outlierDetection:
          consecutiveFailures: 5
          baseEjection: 30s
          maxEjection: 5m
          maxEjectedShare: 0.5
        """),
    CONCURRENCY_LIMIT("concurrencyLimit", """
        concurrencyLimit:
          maxInFlight: 100
          queue: 50
          maxWait: 100ms
          adaptive: { min: 10 }
        """),
    RATE_LIMIT("rateLimit", """
        rateLimit: { requests: 100, per: 1s, burst: 100 }
        """),
    CALLER_LIMIT("callerLimit", """
        callerLimit: { requests: 100, per: 1s, burst: 100 }
        """),
    RULES("rules", """
        rules:
          - match: { headers: { X-User-Type: premium }, pathPrefix: /v1, methods: [GET] }
            to: v2
        """),
    CANARY("canary", """
        canary:
          stable: v1
          candidate: v2
          initialWeight: 10
          incrementStep: 10
          incrementDelay: 5m
          maxWeight: 100
          successRate: 0.99
        """, "split", "abTest"),
    SPLIT("split", """
        split: { v1: 90, v2: 10 }
        """, "canary", "abTest"),
    AB_TEST("abTest", """
        abTest:
          versionA: v1
          versionB: v2
          splitKey: X-User-ID
          weightA: 50
          weightB: 50
        """, "split", "canary", "stickiness"),
    STICKINESS("stickiness", """
        stickiness: { header: X-User-ID }
        """, "abTest"),
    AUTHORIZATION("authorization", """
        authorization:
          default: deny
          mode: dry-run
          rules:
            - name: reads
              action: allow
              match: { sources: [cart], methods: [GET] }
        """),
    FAULTS("faults", """
        faults:
          - name: slow-and-flaky
            share: 10
            delay: { normal: { mean: 300ms, stdDev: 80ms } }
            abort: { status: 503 }
        """),
    MIRROR("mirror", """
        mirror: { version: v2, share: 10, diff: { noiseShare: 10 } }
        """);

    private final String text;
    private final Pattern fieldOrRival;

    Addition(String field, String text, String... rivals) {
        this.text = text;
        String names = Stream.concat(Stream.of(field), Stream.of(rivals)).collect(Collectors.joining("|"));
        fieldOrRival = Pattern.compile("^(?:" + names + ")\\s*:", Pattern.MULTILINE);
    }

    /** The key of its name in the texts. */
    String titleKey() {
        return "policies.add." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a text has neither the field nor one that may not stand beside it. */
    boolean fits(String policy) {
        return !fieldOrRival.matcher(policy).find();
    }

    /** The text with the field at its end. */
    String addTo(String policy) {
        return policy + (policy.isEmpty() || policy.endsWith("\n") ? "" : "\n") + text;
    }
}
