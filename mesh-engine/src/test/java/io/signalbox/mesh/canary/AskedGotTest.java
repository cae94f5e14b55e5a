package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.canary.AskedGot.Cause;
import io.signalbox.mesh.model.Weight;
import org.junit.jupiter.api.Test;

class AskedGotTest {

    private static final Weight TEN = new Weight(10);

    @Test
    void whatWasAskedForAndGotHasNoCause() {
        AskedGot asked = AskedGot.of(new ShareFacts(TEN, 10_000, 1_020, 0, 0, 0, 0, 1, 1));
        assertThat(asked.cause()).isNull();
        assertThat(asked.why()).isEqualTo("10.2 % of 10,000 requests, 10 % were asked for.");
    }

    @Test
    void chanceIsNamedBeforeAnythingElse() {
        AskedGot asked = AskedGot.of(new ShareFacts(TEN, 20, 4, 2, 2, 3, 1, 2, 1));
        assertThat(asked.cause()).isEqualTo(Cause.FEW_REQUESTS);
        assertThat(asked.why())
                .isEqualTo("20 % of 20 requests, 10 % were asked for: with so few requests it may be 8.1 % to 41.6 %.");
    }

    @Test
    void noRequestIsFewRequests() {
        assertThat(AskedGot.of(new ShareFacts(TEN, 0, 0, 0, 0, 0, 0, 1, 1)).why())
                .isEqualTo("There was no request, 10 % were asked for.");
    }

    @Test
    void rulesThatComeFirstAreNamedWhenTheRestIsAsAsked() {
        AskedGot asked = AskedGot.of(new ShareFacts(TEN, 10_000, 2_800, 2_000, 2_000, 0, 0, 1, 1));
        assertThat(asked.cause()).isEqualTo(Cause.RULES_FIRST);
        assertThat(asked.why()).endsWith("rules that come first took 2,000 of them, 2,000 to this version.");
    }

    @Test
    void fewCallersThatStayExplainWhatManyRequestsDoNot() {
        assertThat(AskedGot.of(new ShareFacts(TEN, 10_000, 2_000, 0, 0, 20, 0, 1, 1))
                        .cause())
                .isEqualTo(Cause.STICKINESS);
        assertThat(AskedGot.of(new ShareFacts(TEN, 10_000, 2_000, 0, 0, 5_000, 0, 1, 1))
                        .cause())
                .isEqualTo(Cause.UNKNOWN);
    }

    @Test
    void fewConnectionsThatStayExplainItLikewise() {
        assertThat(AskedGot.of(new ShareFacts(TEN, 10_000, 2_000, 0, 0, 0, 20, 1, 1))
                        .cause())
                .isEqualTo(Cause.LONG_CONNECTIONS);
    }

    @Test
    void endpointsThatMayNotServeExplainTooLittleAndNotTooMuch() {
        AskedGot little = AskedGot.of(new ShareFacts(TEN, 10_000, 200, 0, 0, 0, 0, 3, 1));
        assertThat(little.cause()).isEqualTo(Cause.ENDPOINTS_AWAY);
        assertThat(little.why()).endsWith("1 of the version's 3 endpoints may serve.");
        assertThat(AskedGot.of(new ShareFacts(TEN, 10_000, 2_000, 0, 0, 0, 0, 3, 1))
                        .cause())
                .isEqualTo(Cause.UNKNOWN);
    }

    @Test
    void countsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new ShareFacts(TEN, 10, 11, 0, 0, 0, 0, 1, 1))
                .hasMessage("version: 11 (expected: 0..10)");
        assertThatThrownBy(() -> new ShareFacts(TEN, 10, 1, 0, 0, 0, 0, 1, 2))
                .hasMessage("available: 2 (expected: 0..1)");
    }
}
