package io.signalbox.mesh.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.time.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MirrorReportTest {

    private final ManualTime time = new ManualTime();
    private final MirrorReport report = new MirrorLog().report("catalog", "v2");

    @Test
    void sumsOfWhatOthersCountedStayAtTheHighestNumber() {
        MirrorLog log = new MirrorLog();
        MirrorTally tally = new MirrorTally(
                "catalog",
                "v2",
                1L << 40,
                1,
                1L << 40,
                1L << 62,
                1L << 62,
                List.of(new MirrorTally.Field("status", 1L << 40, 1L << 40, "200", "404")),
                1);
        for (int i = 0; i < 3; i++) {
            log.add(tally);
        }

        MirrorStatus status = log.status("catalog").orElseThrow();

        assertThat(status.compared()).isEqualTo(3L << 40);
        assertThat(status.primaryNanos()).isEqualTo(Long.MAX_VALUE / (3L << 40));
        assertThat(status.fields().getFirst().noise()).isTrue();
    }

    @Test
    void answersThatAreAlikeDifferInNothing() {
        report.compare(
                answer(200, "{\"a\": 1}", "Content-Type", "application/json"),
                answer(200, "{ \"a\":1 }", "content-type", "application/json"),
                Set.of());

        assertThat(report.status().alike()).isEqualTo(1);
        assertThat(report.status().fields()).isEmpty();
    }

    @Test
    void eachFieldThatDiffersIsCountedWithAnExample() {
        for (int i = 0; i < 3; i++) {
            report.compare(
                    answer(200, "{\"items\":[{\"price\":10}],\"n\":1}", "X-Served-By", "one"),
                    answer(404, "{\"items\":[{\"price\":1" + i + "}],\"n\":1}", "X-Other", "two"),
                    Set.of());
        }

        assertThat(report.status().compared()).isEqualTo(3);
        assertThat(report.status().alike()).isZero();
        assertThat(report.status().fields())
                .containsExactly(
                        new FieldDifference("header x-other", 3, 0, false, "(absent)", "two"),
                        new FieldDifference("header x-served-by", 3, 0, false, "one", "(absent)"),
                        new FieldDifference("status", 3, 0, false, "200", "404"),
                        new FieldDifference("body /items/0/price", 2, 0, false, "10", "11"));
    }

    @Test
    void whatPrimariesDifferInIsNoiseAndComesLast() {
        for (int i = 0; i < 20; i++) {
            KeptAnswer primary = answer(200, "{\"id\":" + i + ",\"price\":10}");
            report.compare(primary, answer(200, "{\"id\":" + -i + ",\"price\":11}"), Set.of());
            if (i % 5 == 0) {
                report.learn(primary, answer(200, "{\"id\":" + 100 * (i + 1) + ",\"price\":10}"), Set.of());
            }
        }

        MirrorStatus status = report.status();
        assertThat(status.noiseCompared()).isEqualTo(4);
        assertThat(status.fields()).extracting(FieldDifference::field).containsExactly("body /price", "body /id");
        assertThat(status.fields()).extracting(FieldDifference::noise).containsExactly(false, true);
        assertThat(status.fields().getLast().noisy()).isEqualTo(4);
    }

    @Test
    void aFieldInWhichPrimariesRarelyDifferIsNoNoise() {
        for (int i = 0; i < 20; i++) {
            KeptAnswer primary = answer(200, "{\"price\":10}");
            report.compare(primary, answer(200, "{\"price\":11}"), Set.of());
            report.learn(primary, answer(200, "{\"price\":" + (i == 7 ? 9 : 10) + "}"), Set.of());
        }

        assertThat(report.status().fields().getFirst().noise()).isFalse();
    }

    @Test
    void whatSaysNothingOfTheAnswerIsNotCompared() {
        report.compare(
                answer(200, "", "Date", "now", "Set-Cookie", "a=1", "traceparent", "1", "X-Build", "7"),
                answer(200, "", "Date", "later", "Set-Cookie", "a=2", "traceparent", "2", "X-Build", "8"),
                Set.of("x-build"));

        assertThat(report.status().alike()).isEqualTo(1);
    }

    @Test
    void aBodyThatIsNoJsonDiffersAsAWhole() {
        report.compare(answer(200, "<p>one"), answer(200, "<p>two" + "!".repeat(500)), Set.of());

        FieldDifference body = report.status().fields().getFirst();
        assertThat(body.field()).isEqualTo("body");
        assertThat(body.primary()).isEqualTo("<p>one");
        assertThat(body.mirror()).startsWith("<p>two!").hasSizeLessThan(130);
    }

    @Test
    void bytesThatAreNoTextDifferThoughTheyReadAlike() {
        KeptAnswer one = answer(200, "");
        one.body(new byte[] {(byte) 0xff}, 0, 1);
        KeptAnswer other = answer(200, "");
        other.body(new byte[] {(byte) 0xfe}, 0, 1);
        report.compare(one, other, Set.of());

        assertThat(report.status().fields()).extracting(FieldDifference::field).containsExactly("body");
    }

    @Test
    void bytesThatAreNoTextDifferAlsoWithinJson() {
        report.compare(bytes('"', 0xff, '"'), bytes('"', 0xfe, '"'), Set.of());

        assertThat(report.status().alike()).isZero();
        assertThat(report.status().fields())
                .containsExactly(new FieldDifference("body", 1, 0, false, "3 bytes, not text", "3 bytes, not text"));
    }

    @Test
    void anExampleIsNotCutWithinACharacter() {
        String smile = "\uD83D\uDE00";
        report.compare(answer(200, "x".repeat(119) + smile + "!"), answer(200, smile.repeat(100)), Set.of());

        assertThat(report.status().fields().getFirst().primary()).isEqualTo("x".repeat(119) + "…");
        assertThat(report.status().fields().getFirst().mirror()).isEqualTo(smile.repeat(60) + "…");
    }

    @Test
    void ofALongBodyTheLengthIsCompared() {
        String longOne = "x".repeat(KeptAnswer.MOST_BYTES + 1);
        report.compare(answer(200, longOne), answer(200, longOne + "y"), Set.of());
        report.compare(answer(200, longOne), answer(200, longOne), Set.of());

        assertThat(report.status().alike()).isEqualTo(1);
        assertThat(report.status().fields())
                .containsExactly(new FieldDifference("body", 1, 0, false, "65537 bytes", "65538 bytes"));
    }

    @Test
    void fieldsAreBoundedAndTheRestIsCounted() {
        for (int i = 0; i < 250; i++) {
            report.compare(answer(200, "{\"f" + i + "\":1}"), answer(200, "{\"f" + i + "\":2}"), Set.of());
        }

        assertThat(report.status().fields()).hasSize(200);
        assertThat(report.status().more()).isEqualTo(50);
    }

    @Test
    void aLongNameOfAFieldIsCutVisibly() {
        String name = "x-" + "n".repeat(30_000);
        report.compare(answer(200, "", name + "1", "a", name + "2", "b"), answer(200, ""), Set.of());
        report.learn(answer(200, "", name + "1", "a"), answer(200, ""), Set.of());

        FieldDifference only = report.status().fields().getFirst();
        assertThat(report.status().fields()).hasSize(1);
        assertThat(only.field()).startsWith("header x-nnn").endsWith("n…").hasSize(521);
        assertThat(only.differing()).isEqualTo(1);
        assertThat(only.noisy()).isEqualTo(1);
    }

    @Test
    void namesOfHeaderFieldsAreBoundedInNumberAlsoWhereTheyAreNoise() {
        for (int i = 0; i < 3_000; i++) {
            report.learn(answer(200, "", "x-a" + i, "1"), answer(200, ""), Set.of());
            report.compare(answer(200, "", "x-b" + i, "1"), answer(200, ""), Set.of());
        }

        assertThat(report.status().fields()).hasSizeLessThanOrEqualTo(200);
        assertThat(report.status().more()).isEqualTo(5_800);
    }

    @Test
    void anAnswerThatIsLetGoHoldsNothingThoughMoreOfItPasses() {
        KeptAnswer answer = answer(200, "hello", "x-a", "1");
        answer.letGo();
        answer.body(new byte[70_000], 0, 70_000);

        assertThat(answer.held()).isZero();
        assertThat(answer.fields()).isEmpty();
    }

    @Test
    void timesToTheHeadAreMeans() {
        for (int i = 1; i <= 2; i++) {
            KeptAnswer primary = new KeptAnswer(time, time.nanos());
            KeptAnswer mirror = new KeptAnswer(time, time.nanos());
            time.advance(Duration.ofMillis(10L * i));
            primary.head(200);
            time.advance(Duration.ofMillis(20));
            mirror.head(200);
            report.compare(primary, mirror, Set.of());
        }

        assertThat(report.status().primaryNanos()).isEqualTo(15_000_000);
        assertThat(report.status().mirrorNanos()).isEqualTo(35_000_000);
    }

    @Test
    void anotherMirrorBeginsAnew() {
        MirrorLog log = new MirrorLog();
        log.report("catalog", "v2").compare(answer(200, ""), answer(200, ""), Set.of());

        assertThat(log.report("catalog", "v2").status().compared()).isEqualTo(1);
        assertThat(log.report("catalog", "v3").status().compared()).isZero();
        assertThat(log.status("catalog").orElseThrow().to()).isEqualTo("v3");
        assertThat(log.status("cart")).isEmpty();
    }

    private KeptAnswer bytes(int... values) {
        KeptAnswer answer = answer(200, "");
        for (int value : values) {
            answer.body(new byte[] {(byte) value}, 0, 1);
        }
        return answer;
    }

    private KeptAnswer answer(int status, String body, String... fields) {
        KeptAnswer answer = new KeptAnswer(time, time.nanos());
        answer.head(status);
        for (int i = 0; i < fields.length; i += 2) {
            answer.field(fields[i], fields[i + 1]);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        answer.body(bytes, 0, bytes.length);
        return answer;
    }
}
