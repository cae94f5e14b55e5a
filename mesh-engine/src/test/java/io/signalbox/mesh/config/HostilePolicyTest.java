package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that somebody sends to see what breaks. */
final class HostilePolicyTest {

    /** Each takes milliseconds; what takes so long hangs. */
    private static final Duration HANGS = Duration.ofSeconds(10);

    private static final Pattern NUMBER_OR_TIME = Pattern.compile("^(\\s*(?:- )?)([A-Za-z0-9-]+): (\\d[0-9a-zµ.]*)$");
    private static final Pattern MAPPING = Pattern.compile("^(\\s*)(?:- )?[A-Za-z]+:$");
    private static final List<String> NEVER_A_NUMBER = List.of(
            ".nan",
            "NaN",
            ".inf",
            "-.inf",
            "-1",
            "-0.5",
            "-5s",
            "1e999",
            "99999999999999999999",
            "0x",
            "five",
            "\"\"",
            "[]",
            "[1]",
            "{}",
            "{a: 1}",
            "true",
            "*alias",
            "!!binary aGk=",
            "!java.net.URL x",
            "5 5",
            "1_000x");

    /** Whatever else looks like a number may be a name or a text. */
    private static final Set<String> NUMBERS_AND_TIMES = Set.of(
            "timeout",
            "spillBelow",
            "panicThreshold",
            "slowStart",
            "failureThreshold",
            "successThreshold",
            "openDuration",
            "halfOpenRequests",
            "minimumCalls",
            "failureRate",
            "slowCallRate",
            "slowCallDuration",
            "baseEjection",
            "maxEjection",
            "maxEjectedShare",
            "requests",
            "burst",
            "maxInFlight",
            "queue",
            "maxWait",
            "tolerance",
            "share",
            "chunk",
            "every",
            "bytesPerSecond",
            "afterBytes",
            "grpcStatus",
            "retryAfter",
            "stdDev",
            "noiseShare",
            "maxAttempts",
            "perTryTimeout",
            "maxRetryAfter",
            "base",
            "ratio",
            "minPerSecond",
            "maxExtra",
            "initialWeight",
            "incrementStep",
            "incrementDelay",
            "maxWeight",
            "weightA",
            "weightB");

    @Test
    void numbersAndTimesThatAreNoneAreRefusedWhereTheyStand() {
        Random random = new Random(41);
        int refused = 0;
        SoftAssertions softly = new SoftAssertions();
        while (refused < 5_000) {
            List<String> lines =
                    PolicyFormat.yaml(RandomPolicies.next(random)).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                Matcher line = NUMBER_OR_TIME.matcher(lines.get(i));
                if (line.matches() && NUMBERS_AND_TIMES.contains(line.group(2))) {
                    String wrong = NEVER_A_NUMBER.get(random.nextInt(NEVER_A_NUMBER.size()));
                    List<String> changed = new ArrayList<>(lines);
                    changed.set(i, line.group(1) + line.group(2) + ": " + wrong);
                    InvalidDocumentException refusal = refusal(String.join("\n", changed));
                    softly.assertThat(refusal.line()).as("%s", changed.get(i)).isEqualTo(i + 1);
                    refused++;
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void aFieldThatDoesNotExistIsRefusedInEveryMapping() {
        Random random = new Random(42);
        int refused = 0;
        while (refused < 1_000) {
            List<String> lines =
                    PolicyFormat.yaml(RandomPolicies.next(random)).lines().toList();
            for (int i = 0; i + 1 < lines.size(); i++) {
                String indent = indent(lines.get(i + 1));
                if (MAPPING.matcher(lines.get(i)).matches() && opensAMappingOfFields(lines.get(i))) {
                    List<String> changed = new ArrayList<>(lines);
                    changed.add(i + 1, indent + "nonsenseField: 1");
                    InvalidDocumentException refusal = refusal(String.join("\n", changed));
                    assertThat(refusal).hasMessageContaining("nonsenseField").hasMessageContaining("expected: ");
                    assertThat(refusal.line()).isEqualTo(i + 2);
                    refused++;
                }
            }
        }
    }

    /** Those whose keys are names of the user's, not fields, take any. */
    private static boolean opensAMappingOfFields(String line) {
        return List.of(
                        "circuitBreaker:",
                        "retry:",
                        "backoff:",
                        "budget:",
                        "loadBalancing:",
                        "canary:",
                        "abTest:",
                        "abort:",
                        "drip:",
                        "bandwidth:",
                        "normal:",
                        "mirror:",
                        "diff:",
                        "window:")
                .contains(line.strip());
    }

    @Test
    void whateverIsDoneToADocumentItIsReadOrRefusedWithAPlace() {
        Random random = new Random(43);
        for (int i = 0; i < 3_000; i++) {
            String text = damaged(PolicyFormat.yaml(RandomPolicies.next(random)), random);
            Throwable thrown = catchThrowable(() -> inTime(() -> {
                TrafficPolicy read = PolicyFormat.read(text);
                assertThat(PolicyFormat.read(PolicyFormat.yaml(read))).isEqualTo(read);
            }));
            if (thrown != null) {
                assertThat(thrown).as("%s", text).isInstanceOf(InvalidDocumentException.class);
                assertPlace((InvalidDocumentException) thrown);
            }
        }
    }

    static List<String> wholeDocuments() {
        String head = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: ";
        List<String> documents = new ArrayList<>();
        for (String name : List.of(
                "",
                "-",
                "a-",
                "-a",
                "A",
                "a.b",
                "a/b",
                "../x",
                "a b",
                "ü",
                "a_b",
                "a".repeat(64),
                "a\tb",
                "\"a\\0b\"",
                "[a]",
                "{a: b}",
                "*x",
                "null",
                "1.5",
                "%00",
                "a\u2028b",
                "'a\nb'",
                "\"\\uD800\"")) {
            documents.add(head + name);
        }
        documents.add(head + "a\nrules: " + "[".repeat(40) + "]".repeat(40));
        documents.add(head + "a\nrules: " + "[".repeat(100_000));
        documents.add(head + "a\nrules: " + "{a: ".repeat(100_000));
        documents.add(head + "a\nsplit: { " + "v1: 1, ".repeat(60_000) + " }");
        documents.add(head + "a\nrules:\n" + "- { to: v2 }\n".repeat(90_000));
        documents.add("a: &x [1]\nb: [*x, *x]");
        documents.add("a: &a [*a]");
        documents.add("<<: {apiVersion: x}\nservice: a");
        documents.add(head + "a\n" + "x".repeat(100 << 20));
        documents.add("x".repeat(2 << 20));
        documents.add("\u0000");
        documents.add("\uFEFF\uFEFF" + head + "a");
        documents.add("{");
        documents.add("[]");
        documents.add("\"apiVersion\"");
        documents.add("---\n---\n");
        documents.add(
                "{\"apiVersion\": \"signalbox.io/v1\", \"kind\": \"TrafficPolicy\", \"service\": \"a\"} trailing");
        documents.add("{\"service\": \"a\", \"service\": \"b\"}");
        documents.add(head + "a\n\tservice: b");
        for (String expression : List.of(
                "(",
                "[",
                "a{1,100000}",
                "(?=a)b",
                "(a)\\1",
                "\\p{Nope}",
                "x".repeat(257),
                "(" + "a".repeat(120) + "){9}")) {
            documents.add(head + "a\nrules:\n- match: { headers: { X: { regex: '" + expression + "' } } }\n  to: v2");
        }
        return documents;
    }

    @ParameterizedTest
    @MethodSource("wholeDocuments")
    void hostileDocumentsAreRefusedAtOnce(String text) {
        refusal(text);
    }

    private static InvalidDocumentException refusal(String text) {
        Throwable thrown = catchThrowable(() -> inTime(() -> PolicyFormat.read(text)));
        assertThat(thrown)
                .as("%s", text.substring(0, Math.min(2_000, text.length())))
                .isInstanceOf(InvalidDocumentException.class);
        assertPlace((InvalidDocumentException) thrown);
        return (InvalidDocumentException) thrown;
    }

    private static void assertPlace(InvalidDocumentException refusal) {
        assertThat(refusal.line()).isPositive();
        assertThat(refusal.column()).isPositive();
        assertThat(refusal.expected()).isNotBlank();
        assertThat(String.valueOf(refusal.getMessage()).length()).isLessThan(2_000);
    }

    private static void inTime(Executable work) throws Throwable {
        Assertions.assertTimeoutPreemptively(HANGS, work);
    }

    private static String indent(String line) {
        return " ".repeat(line.length() - line.stripLeading().length());
    }

    /** Takes out, doubles, swaps or overwrites a few characters or lines. */
    private static String damaged(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(4)) {
                case 0 -> changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(8)));
                case 1 -> changed.insert(at, "{}[]:,&*#?|-<>=!%@`\"'\\ \n\t\u0000é9".charAt(random.nextInt(28)));
                case 2 -> changed.setCharAt(at, (char) random.nextInt(0x250));
                default ->
                    changed.insert(at, changed.substring(at, Math.min(changed.length(), at + random.nextInt(60))));
            }
            if (changed.isEmpty()) {
                changed.append(' ');
            }
        }
        return changed.toString();
    }
}
