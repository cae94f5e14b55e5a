package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.VerdictStatus;
import io.signalbox.mesh.model.status.WebhookStatus;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutCommandsTest {

    private static final int PATIENCE = 10;

    private final Terminal terminal = new Terminal();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        pause catalog --reason lunch | pause catalog by mira because lunch
        resume catalog               | resume catalog by mira
        promote catalog              | promote catalog by mira
        rollback catalog             | rollback catalog by mira
        pause catalog --number 3     | pause catalog 3 by mira
        resume catalog --number 3    | resume catalog 3 by mira
        promote catalog --number 3   | promote catalog 3 by mira
        rollback catalog --number 3  | rollback catalog 3 by mira
        withdraw catalog 4           | withdraw catalog 4 by mira
        """)
    void aCommandAsksTheRolloutAndSaysHowItStands(String command, String asked) {
        assertThat(terminal.run(("canary " + command).split(" ", -1))).isZero();

        assertThat(terminal.mesh.asked).containsExactly(asked);
        assertThat(terminal.lines())
                .containsExactly(
                        "catalog v1 -> v2 (rollout 3): running at 20 %, step 2 of 4: 40 requests more are needed.");
    }

    @Test
    void aStartLeavesToThePolicyWhatItDoesNotSay() {
        terminal.run(
                "canary", "start", "catalog", "--candidate", "v2", "--increment-delay", "90s", "--max-weight", "50");

        assertThat(terminal.mesh.asked)
                .containsExactly("start catalog RolloutRequest[candidate=v2, stable=null, initialWeight=null,"
                        + " incrementStep=null, incrementDelay=PT1M30S, maxWeight=50, successRate=null, bakeTime=null,"
                        + " headers=null, mirror=null, stageDelay=null, keepFor=null] by mira");
    }

    @Test
    void aStartMayAskForFirstStages() {
        terminal.run(
                "canary",
                "start",
                "catalog",
                "--header",
                "X-Beta=yes",
                "--header",
                "X-Team=a=b",
                "--mirror",
                "12.5",
                "--stage-delay",
                "2m",
                "--keep-for",
                "1h");

        assertThat(terminal.mesh.asked.getFirst())
                .contains("headers={X-Beta=yes, X-Team=a=b}, mirror=12.5, stageDelay=PT2M, keepFor=PT1H]");
    }

    @Test
    void theStatusShowsTrackEvidenceChecksAndWhy() {
        assertThat(terminal.run("canary", "status", "catalog")).isZero();

        assertThat(terminal.lines())
                .contains(
                        "catalog v1 -> v2   rollout 3, started by mira: new prices",
                        "steps     10==[20]--30|--100",
                        "weight    #####.................... 20 % to v2",
                        "phase     running, watched 1m12s of 5m",
                        "evidence  roll back |------------+-----o------| advance",
                        "why       40 requests more are needed.",
                        "          v2: asked 30 %, got 30.0 % (27.0–33.0) of 1000",
                        "CHECK    STATE  OBSERVED     BOUND        LOW      HIGH",
                        "success  open   0.001200  0.005000  -0.002000  0.006100");
    }

    @Test
    void theStatusShowsWhatEachWebhookSaid() {
        terminal.mesh.rollouts.now = List.of(FakeRollouts.asking(new WebhookStatus(
                "load-test", WebhookStatus.State.OPEN, 3, "answered 503 in 12 ms: busy", Fixtures.NOON)));

        assertThat(terminal.run("canary", "status", "catalog")).isZero();

        assertThat(terminal.lines())
                .contains("WEBHOOK    STATE  FAILED  SAID                         NEXT")
                .anyMatch(line -> line.startsWith("load-test  open        3  answered 503 in 12 ms: busy  "));
    }

    @Test
    void programsReadItAsJson() {
        terminal.run("canary", "status", "catalog", "-o", "json");
        assertThat(terminal.out()).contains("\"phase\" : \"running\"", "\"kind\" : \"not-enough\"", "\"weight\" : 20");
    }

    @Test
    void aServiceWithoutARolloutIsNotFound() {
        assertThat(terminal.run("canary", "status", "reviews")).isEqualTo(ExitStatus.NOT_FOUND);
        assertThat(terminal.run("canary", "watch", "reviews")).isEqualTo(ExitStatus.NOT_FOUND);
        assertThat(terminal.errors()).containsOnly("signalbox: rollout: reviews (expected: one of catalog)");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        PROMOTED,    0
        ROLLED_BACK, 3
        DECIDED,     6
        WITHDRAWN,   1
        FAILED,      1
        """)
    void aWatchEndsAsTheRolloutDid(RolloutPhase phase, int status) throws Exception {
        assertThat(watchedToItsEnd(FakeRollouts.status(phase, 0))).isEqualTo(status);
        assertThat(terminal.lines().getLast())
                .endsWith("catalog v1 -> v2 (rollout 3): " + phase.words() + ": 40 requests more are needed."
                        + " (by signalbox)");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        ADVANCE,    0
        ROLL_BACK,  3
        NOT_ENOUGH, 6
        """)
    void aWatchOfAnExperimentTellsWhoHasWon(VerdictStatus.Kind kind, int status) throws Exception {
        assertThat(watchedToItsEnd(FakeRollouts.comparing(RolloutPhase.DECIDED, kind, 0)))
                .isEqualTo(status);
    }

    @Test
    void theStatusOfAnExperimentSaysWhichVersionTheEvidencePointsTo() {
        terminal.mesh.rollouts.now =
                List.of(FakeRollouts.comparing(RolloutPhase.RUNNING, VerdictStatus.Kind.NOT_ENOUGH, -0.5));

        assertThat(terminal.run("canary", "status", "catalog")).isZero();

        assertThat(terminal.lines())
                .contains(
                        "catalog v1 -> v2   rollout 3, A/B test of A = v1 and B = v2, started by mira: new prices",
                        "steps     [40]",
                        "evidence  A wins |------o-----+------------| B wins");
    }

    private int watchedToItsEnd(RolloutStatus end) throws Exception {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> ended.complete(terminal.run("canary", "watch", "catalog", "--timeout", "1h")));
        assertThat(terminal.mesh.subscribed.await(PATIENCE, TimeUnit.SECONDS)).isTrue();

        terminal.mesh.rollouts.ended = List.of(end);
        terminal.mesh.rollouts.now = List.of();
        // offered again until the watch, which may still draw the one before, has taken one
        while (!ended.isDone()) {
            terminal.mesh.listeners.forEach(listener -> listener.snapshot(Fixtures.snapshot()));
            Thread.onSpinWait();
        }

        return ended.get(PATIENCE, TimeUnit.SECONDS);
    }

    @Test
    void aWatchThatNobodyReadsDoesNotEndAsIfPromoted() {
        terminal.writeTo(new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("closed");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        assertThat(terminal.run("canary", "watch", "catalog", "--timeout", "0s"))
                .isEqualTo(ExitStatus.BROKEN_PIPE);
    }

    @Test
    void aWatchOfARolloutThatIsNotKnownAnyMoreEnds() throws Exception {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> ended.complete(terminal.run("canary", "watch", "catalog", "--timeout", "1h")));
        assertThat(terminal.mesh.subscribed.await(PATIENCE, TimeUnit.SECONDS)).isTrue();

        terminal.mesh.rollouts.now = List.of();
        while (!ended.isDone()) {
            terminal.mesh.listeners.forEach(listener -> listener.snapshot(Fixtures.snapshot()));
            Thread.onSpinWait();
        }

        assertThat(ended.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(ExitStatus.NOT_FOUND);
    }

    @Test
    void aWatchThatTakesTooLongEndsWith124() {
        assertThat(terminal.run("canary", "watch", "catalog", "--timeout", "0s"))
                .isEqualTo(ExitStatus.TIMED_OUT);
        assertThat(terminal.errors()).containsExactly("signalbox: rollout: has not ended in 0s");
        assertThat(terminal.lines()).hasSize(1);
    }

    @Test
    void onATerminalTheWatchDrawsOverItself() {
        terminal.sink = Surroundings.Sink.TERMINAL;
        terminal.run("canary", "watch", "catalog", "--timeout", "0s");
        assertThat(terminal.out())
                .startsWith("\u001b[H\u001b[2Jcatalog v1 -> v2")
                .contains("VERSION  REQ/S  SUCCESS");
    }
}
