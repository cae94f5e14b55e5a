package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.OutlierDetection;
import io.signalbox.mesh.model.OutlierDetection.SuccessRateRule;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutlierDetectorTest {

    private static final Duration BASE = Duration.ofSeconds(30);
    private static final Duration MAX = Duration.ofSeconds(100);

    private final ManualTime time = new ManualTime();
    private final List<OutlierMove> moves = new ArrayList<>();
    private final OutlierDetector detector = detector(Optional.empty(), 0.5);

    @Test
    void failuresInARowLeaveAnEndpointOutForAWhile() {
        List<Outlier> all = endpoints(detector, 4);
        Outlier bad = all.getFirst();
        bad.failed();
        bad.failed();
        assertThat(bad.isEjected()).isFalse();
        bad.failed();

        Ejection ejection = bad.ejection().orElseThrow();
        assertThat(ejection.why()).isEqualTo(new Ejection.Why.FailuresInARow(3));
        assertThat(ejection.times()).isEqualTo(1);
        assertThat(Duration.between(ejection.at(), ejection.until())).isBetween(Duration.ofSeconds(27), BASE);
        time.advance(BASE);
        assertThat(bad.isEjected()).isFalse();
        assertThat(bad.ejection()).isEmpty();
    }

    @Test
    void whoIsLeftOutIsToldAtOnceAndWhoServesAgainWhenAsked() {
        List<Outlier> all = endpoints(detector, 4);
        failThrice(all.getFirst());

        Ejection first = all.getFirst().ejection().orElseThrow();
        assertThat(moves).containsExactly(new OutlierMove.Ejected("e0", first));
        assertThat(first.ejected()).isEqualTo(1);
        assertThat(first.endpoints()).isEqualTo(4);
        detector.tellReturned();
        assertThat(moves).hasSize(1);
        failThrice(all.getLast());
        assertThat(all.getLast().ejection().orElseThrow().ejected()).isEqualTo(2);

        time.advance(BASE);
        detector.tellReturned();
        detector.tellReturned();
        assertThat(moves.subList(2, moves.size()))
                .containsExactly(
                        new OutlierMove.Returned("e0", EjectionEnd.TIME_OVER),
                        new OutlierMove.Returned("e3", EjectionEnd.TIME_OVER));
    }

    @Test
    void whoIsLeftOutAgainBeforeAnybodyAskedHasReturnedInBetween() {
        Outlier bad = endpoints(detector, 4).getFirst();
        failThrice(bad);
        time.advance(BASE);
        failThrice(bad);

        assertThat(moves)
                .extracting(move -> move.getClass().getSimpleName())
                .containsExactly("Ejected", "Returned", "Ejected");
    }

    @Test
    void anEndpointThatIsGoneIsNoLongerLeftOut() {
        failThrice(endpoints(detector, 4).getFirst());
        detector.keep(Set.of("e1", "e2"));

        assertThat(moves).last().isEqualTo(new OutlierMove.Returned("e0", EjectionEnd.NOT_LISTED));
    }

    @Test
    void withoutTheRuleNobodyIsLeftOutAndNobodyCanBe() {
        List<Outlier> all = endpoints(detector, 4);
        failThrice(all.getFirst());
        detector.stop();
        failThrice(all.getLast());

        assertThat(moves).hasSize(2).last().isEqualTo(new OutlierMove.Returned("e0", EjectionEnd.RULE_REMOVED));
        assertThat(all.getLast().isEjected()).isFalse();
    }

    @Test
    void aSuccessStartsTheCountOver() {
        Outlier endpoint = endpoints(detector, 4).getFirst();
        for (int i = 0; i < 10; i++) {
            endpoint.failed();
            endpoint.failed();
            endpoint.succeeded();
        }

        assertThat(endpoint.isEjected()).isFalse();
    }

    @Test
    void eachTimeInSuccessionIsLongerUpToTheLimit() {
        Outlier bad = endpoints(detector, 4).getFirst();
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            failThrice(bad);
            Ejection ejection = bad.ejection().orElseThrow();
            Duration length = Duration.between(ejection.at(), ejection.until());
            seconds.add(Math.ceilDiv(length.toMillis(), 1000L));
            time.advance(length);
        }

        assertThat(seconds.get(0)).isBetween(27L, 30L);
        assertThat(seconds.get(1)).isBetween(54L, 60L);
        assertThat(seconds.get(2)).isBetween(81L, 90L);
        assertThat(seconds.subList(3, 6))
                .allSatisfy(length -> assertThat(length).isBetween(90L, 100L));
        assertThat(Set.copyOf(seconds)).as("drawn by chance").hasSizeGreaterThan(3);
    }

    @Test
    void timeServedWellShortensTheNextOne() {
        Outlier bad = endpoints(detector, 4).getFirst();
        for (int i = 0; i < 3; i++) {
            failThrice(bad);
            time.advance(MAX);
        }
        time.advance(BASE.multipliedBy(10));
        failThrice(bad);

        assertThat(bad.ejection().orElseThrow().times()).isEqualTo(1);
    }

    @Test
    void neverMoreThanTheAllowedShareIsOut() {
        List<Outlier> all = endpoints(detector, 5);
        all.forEach(OutlierDetectorTest::failThrice);

        assertThat(all.stream().filter(Outlier::isEjected)).hasSize(2);
    }

    @Test
    void theOnlyEndpointIsNeverOut() {
        Outlier only = endpoints(detector, 1).getFirst();
        failThrice(only);

        assertThat(only.isEjected()).isFalse();
    }

    @Test
    void onceAPlaceIsFreeTheNextFailureTakesIt() {
        List<Outlier> all = endpoints(detector, 2);
        failThrice(all.get(0));
        failThrice(all.get(1));
        assertThat(all.get(1).isEjected()).isFalse();
        time.advance(BASE);
        all.get(1).failed();

        assertThat(all.get(1).isEjected()).isTrue();
    }

    @Test
    void callsThatEndWhileItIsOutSayNothing() {
        Outlier bad = endpoints(detector, 4).getFirst();
        for (int i = 0; i < 5; i++) {
            bad.failed();
        }
        time.advance(BASE);
        bad.failed();

        assertThat(bad.isEjected()).isFalse();
    }

    @Test
    void anEndpointFarBelowTheOthersIsLeftOut() {
        SuccessRateRule rule = new SuccessRateRule(Duration.ofSeconds(10), 100, 5, 1.9);
        OutlierDetector comparing = detector(Optional.of(rule), 0.5);
        List<Outlier> all = endpoints(comparing, 6);
        for (int call = 0; call < 200; call++) {
            for (int i = 0; i < all.size(); i++) {
                // One failure in four, never three in a row: only the comparison can find it.
                if (i == 3 && call % 4 == 0) {
                    all.get(i).failed();
                } else {
                    all.get(i).succeeded();
                }
            }
        }
        time.advance(Duration.ofSeconds(10));
        all.getFirst().succeeded();

        assertThat(IntStream.range(0, 6).filter(i -> all.get(i).isEjected())).containsExactly(3);
        assertThat(all.get(3).ejection().orElseThrow().why())
                .isInstanceOfSatisfying(Ejection.Why.LowSuccessRate.class, why -> {
                    assertThat(why.rate()).isEqualTo(0.75);
                    assertThat(why.rate()).isLessThan(why.threshold());
                    assertThat(why.threshold()).isLessThan(why.mean());
                    assertThat(why.calls()).isEqualTo(200);
                });
    }

    @Test
    void tooFewEndpointsOrCallsAreNotCompared() {
        SuccessRateRule rule = new SuccessRateRule(Duration.ofSeconds(10), 100, 5, 1.9);
        OutlierDetector comparing = detector(Optional.of(rule), 0.5);
        List<Outlier> all = endpoints(comparing, 6);
        for (int call = 0; call < 99; call++) {
            all.forEach(Outlier::succeeded);
            all.getFirst().failed();
            all.getFirst().succeeded();
        }
        time.advance(Duration.ofSeconds(10));
        all.get(1).succeeded();

        assertThat(all).noneMatch(Outlier::isEjected);
    }

    @Test
    void whoHasGoneNoLongerCountsInTheShare() {
        endpoints(detector, 4);
        detector.keep(Set.of("e0"));
        Outlier last = detector.of("e0");
        failThrice(last);

        assertThat(last.isEjected()).isFalse();
    }

    private static void failThrice(Outlier outlier) {
        outlier.failed();
        outlier.failed();
        outlier.failed();
    }

    private static List<Outlier> endpoints(OutlierDetector detector, int count) {
        detector.keep(IntStream.range(0, count).mapToObj(i -> "e" + i).collect(Collectors.toSet()));
        return IntStream.range(0, count).mapToObj(i -> detector.of("e" + i)).toList();
    }

    private OutlierDetector detector(Optional<SuccessRateRule> rule, double share) {
        return new OutlierDetector(
                new OutlierDetection(3, rule, BASE, MAX, share), time, time, new SplittableRandom(5), moves::add);
    }
}
