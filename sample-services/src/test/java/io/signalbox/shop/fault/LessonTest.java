package io.signalbox.shop.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.lint.LintFinding;
import io.signalbox.mesh.lint.MeshLint;
import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.TrafficPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LessonTest {

    private static final List<EdgeId> CALLS = Stream.of(
                    "shoppers->storefront",
                    "storefront->checkout",
                    "checkout->payment",
                    "payment->bank",
                    "storefront->catalog",
                    "catalog->reviews",
                    "reviews->ratings")
            .map(EdgeId::parse)
            .toList();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        BANK_429      | AMPLIFICATION           | one call of shoppers can become 27 of bank
        SLOW_RATINGS  | TIMEOUT_INVERSION       | reviews waits 5s for ratings, but its own callers wait 2s for it
        DOUBLE_CHARGE | UNSAFE_RETRY            | a POST that may have reached payment is sent again
        REVIEWS_DOWN  | ALL_ENDPOINTS_EJECTABLE | every endpoint of reviews may be left out at once
        """)
    void whatAFaultPlantsIsNotedBeforeAnythingBreaksAndNoLongerOnceItIsMended(
            PlantedFault fault, LintFinding.Rule rule, String found) {
        Lesson lesson = Lesson.of(fault);
        assertThat(findings(lesson.planted()))
                .anyMatch(finding -> finding.rule() == rule && finding.found().startsWith(found));
        List<TrafficPolicy> mended = Stream.concat(
                        lesson.mending().stream(),
                        lesson.planted().stream()
                                .filter(planted -> lesson.mending().stream()
                                        .noneMatch(mend -> mend.service().equals(planted.service()))))
                .toList();
        assertThat(findings(mended)).noneMatch(finding -> finding.rule() == rule);
    }

    /** The lesson compares two ways of balancing, so nothing else may differ. */
    @Test
    void theMendOfTheGrayInstanceIsAnotherBalancingAndNothingElse() throws IOException {
        TrafficPolicy own;
        try (InputStream in = Lesson.class.getResourceAsStream("/io/signalbox/shop/policies/pricing.yaml")) {
            own = PolicyFormat.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        TrafficPolicy mend = Lesson.of(PlantedFault.GRAY_INSTANCE).mending().getFirst();

        assertThat(own.balancing().strategy()).isEqualTo(BalancingStrategy.ROUND_ROBIN);
        assertThat(mend.balancing().strategy()).isEqualTo(BalancingStrategy.PEAK_EWMA);
        assertThat(PolicyFormat.yaml(mend).replace("peak-ewma", "round-robin")).isEqualTo(PolicyFormat.yaml(own));
    }

    @Test
    void faultsWithoutPoliciesOfTheirOwnHaveNoMend() {
        for (PlantedFault fault : List.of(PlantedFault.PAYMENT_BURST, PlantedFault.STOCK_RESETS)) {
            assertThat(Lesson.of(fault).services()).isEmpty();
            assertThat(Lesson.of(fault).mend()).isEmpty();
        }
    }

    private static List<LintFinding> findings(List<TrafficPolicy> policies) {
        return new MeshLint(CALLS, policies).findings();
    }
}
