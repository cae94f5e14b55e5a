package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.metrics.CopyInterval;
import io.signalbox.mesh.model.Experiments;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MirroringTest {

    private final StagedMesh mesh = new StagedMesh();

    @Test
    void aShareOfTheRequestsIsCopied() {
        mesh.endpoint("one", attempt -> attempt.answer(Duration.ZERO, 200));
        mesh.shadowEnds = ended -> ended.ended(200, 1);
        mirror(25, 32);

        for (int i = 0; i < 10_000; i++) {
            mesh.get();
        }

        assertThat(mesh.shadows.size()).isCloseTo(2_500, within(143));
    }

    @Test
    void copiesUnderWayAreBoundedAlsoAcrossAChangeOfThePolicy() {
        mesh.endpoint("one", attempt -> attempt.answer(Duration.ZERO, 200));
        mirror(100, 3);
        for (int i = 0; i < 5; i++) {
            mesh.get();
        }
        mirror(100, 3);
        mesh.get();

        assertThat(mesh.shadows).hasSize(3);
    }

    @Test
    void aPlaceIsFreeAgainWhenACopyEnds() {
        mesh.endpoint("one", attempt -> attempt.answer(Duration.ZERO, 200));
        mesh.shadowEnds = ended -> ended.ended(0, 1);
        mirror(100, 1);
        for (int i = 0; i < 5; i++) {
            mesh.get();
        }

        assertThat(mesh.shadows).hasSize(5);
    }

    @Test
    void onlyTheAttemptWhoseAnswerIsPassedOnIsCopied() {
        mesh.endpoint("one", attempt -> attempt.answer(Duration.ZERO, mesh.attempts.size() % 2 == 0 ? 200 : 503));
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: " + StagedMesh.SERVICE
                        + "\nretry: { retryOn: [503], backoff: { base: 0s, max: 0s } }")
                .withExperiments(Experiments.NONE.withMirror(mirrorOf(100, 32))));

        mesh.get();

        assertThat(mesh.attempts).hasSize(2);
        assertThat(mesh.shadows).hasSize(1);
    }

    @Test
    void anAnswerIsCountedBesideItsCopyToAVersion() {
        mesh.endpoint("one", attempt -> attempt.answer(Duration.ofMillis(3), 200));
        mesh.shadowEnds = ended -> ended.ended(500, 9_000_000);
        mirror(100, 32);

        mesh.get();
        mesh.time.advance(Duration.ofMillis(3));

        assertThat(mesh.metrics.copies().drain()).singleElement().satisfies(copies -> {
            assertThat(copies.primary().failures() + " of " + copies.primary().requests())
                    .isEqualTo("0 of 1");
            assertThat(copies.copy().failures() + " of " + copies.copy().requests())
                    .isEqualTo("1 of 1");
            assertThat(copies.primary().latency().getMaxValue()).isCloseTo(3_000_000, within(50_000L));
            assertThat(copies.copy().latency().getMaxValue()).isCloseTo(9_000_000, within(100_000L));
        });
    }

    @Test
    void attemptsThatFailBeforeTheyCouldBeCopiedAreFailuresOfWhatCallersGet() {
        mesh.endpoint("one", attempt -> attempt.answer(Duration.ZERO, mesh.attempts.size() % 2 == 0 ? 200 : 503));
        mesh.shadowEnds = ended -> ended.ended(200, 1);
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: " + StagedMesh.SERVICE
                        + "\nretry: { retryOn: [503], backoff: { base: 0s, max: 0s } }")
                .withExperiments(Experiments.NONE.withMirror(mirrorOf(100, 32))));
        mesh.get();
        assertThat(failuresOf()).isEqualTo("1 of 2, copies 0 of 1");

        mesh.endpoint("one", attempt -> attempt.fail(Duration.ZERO, new UpstreamFailure.Reset("gone")));
        mesh.get();
        assertThat(failuresOf()).isEqualTo("1 of 1, copies 0 of 0");

        mesh.send("POST", new Fields());
        assertThat(mesh.metrics.copies().drain()).isEmpty();
    }

    private String failuresOf() {
        CopyInterval copies = mesh.metrics.copies().drain().getFirst();
        return copies.primary().failures() + " of " + copies.primary().requests() + ", copies "
                + copies.copy().failures() + " of " + copies.copy().requests();
    }

    @Test
    void aPostIsNotCopiedUnlessItIsAskedFor() {
        mesh.endpoint("one", attempt -> attempt.answer(Duration.ZERO, 200));
        mirror(100, 32);

        mesh.send("POST", new Fields());

        assertThat(mesh.shadows).isEmpty();
    }

    @Test
    void onlyWhatMatchesIsCopied() {
        mesh.endpoint("one", attempt -> attempt.answer(Duration.ZERO, 200));
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: " + StagedMesh.SERVICE
                + "\nmirror: { version: v1, match: { headers: { X-Beta: { present: true } } } }"));

        mesh.get();
        assertThat(mesh.shadows).isEmpty();

        Fields beta = new Fields();
        beta.add("X-Beta", "");
        mesh.send("GET", beta);
        assertThat(mesh.shadows).hasSize(1);
    }

    @Test
    void whatOtherCallersSendIsNotCopied() {
        mesh.endpoint("one", attempt -> attempt.answer(Duration.ZERO, 200));
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: " + StagedMesh.SERVICE
                + "\nmirror: { version: v1, match: { sources: [somebody-else] } }"));

        mesh.get();

        assertThat(mesh.shadows).isEmpty();
    }

    @Test
    void anAnswerThatIsComparedAndDoesNotEndHoldsItsPlaceUntilTheTimeOfCopiesIsUp() {
        endlessAnswersAreCompared();
        for (int i = 0; i < 5; i++) {
            mesh.get();
        }
        assertThat(mesh.shadows).hasSize(2);

        mesh.time.advance(TrafficPolicy.defaults(StagedMesh.SERVICE).timeout());
        for (int i = 0; i < 5; i++) {
            mesh.get();
        }
        assertThat(mesh.shadows).hasSize(4);
    }

    @Test
    void anAnswerWhoseCallerLeavesHoldsItsPlaceNoLonger() {
        endlessAnswersAreCompared();
        for (int i = 0; i < 5; i++) {
            mesh.get();
        }
        mesh.attempts.forEach(StagedAttempt::callerLeaves);
        mesh.get();

        assertThat(mesh.shadows).hasSize(3);
    }

    @Test
    void anAnswerThatBreaksOffHoldsItsPlaceNoLonger() {
        endlessAnswersAreCompared();
        for (int i = 0; i < 2; i++) {
            mesh.get();
        }
        mesh.attempts.forEach(attempt -> attempt.fail(Duration.ZERO, new UpstreamFailure.Reset("gone")));
        mesh.get();

        assertThat(mesh.shadows).hasSize(3);
    }

    private void endlessAnswersAreCompared() {
        mesh.endpoint("one", attempt -> attempt.answer(Duration.ZERO, 200));
        mesh.shadowEnds = ended -> ended.ended(200, 1);
        mesh.answersEnd = false;
        Mirror.Diff diff = new Mirror.Diff(0, Set.of());
        mesh.policy(TrafficPolicy.defaults(StagedMesh.SERVICE)
                .withExperiments(Experiments.NONE.withMirror(new Mirror(
                        Optional.of("v1"), Optional.empty(), RouteMatch.ANY, 100, Mirror.SAFE, 2, Optional.of(diff)))));
    }

    private void mirror(double share, int most) {
        mesh.policy(TrafficPolicy.defaults(StagedMesh.SERVICE)
                .withExperiments(Experiments.NONE.withMirror(mirrorOf(share, most))));
    }

    private static Mirror mirrorOf(double share, int most) {
        return new Mirror(
                Optional.of("v1"), Optional.empty(), RouteMatch.ANY, share, Mirror.SAFE, most, Optional.empty());
    }
}
