package io.signalbox.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RequestSketch;
import io.signalbox.mesh.explain.ExplainedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripPlanTest {

    @Test
    void callsThatFollowEachOtherStandInOneRow() {
        StripPlan plan = StripPlan.of(RequestSketch.walk());
        assertThat(plan.stops())
                .extracting(StripPlan.Stop::service)
                .containsExactly("storefront", "catalog", "reviews", "ratings");
        assertThat(plan.stops()).extracting(StripPlan.Stop::column).containsExactly(0, 1, 2, 3);
        assertThat(plan.rows()).isEqualTo(1);
        assertThat(plan.columns()).isEqualTo(4);
    }

    @Test
    void aSecondCallOfTheSameServiceTakesARowOfItsOwn() {
        ExplainedRequest first = RequestSketch.walk().getFirst();
        ExplainedRequest below = RequestSketch.walk().get(1);
        StripPlan plan = StripPlan.of(List.of(first, below, below, first));
        assertThat(plan.stops()).extracting(StripPlan.Stop::row).containsExactly(0, 0, 0, 1, 2);
        assertThat(plan.stops()).extracting(StripPlan.Stop::from).containsExactly(-1, 0, 1, 1, 0);
    }

    @Test
    void aHopWhoseCallerIsNotKeptHangsAtTheDeepestThatIs() {
        ExplainedRequest deep = RequestSketch.walk().getLast();
        StripPlan plan = StripPlan.of(List.of(deep));
        assertThat(plan.stops()).extracting(StripPlan.Stop::service).containsExactly("reviews", "ratings");
        assertThat(plan.columns()).isEqualTo(2);
    }
}
