package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.json.JsonText;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.KeptRequest;
import io.signalbox.mesh.explain.KnownLots;
import io.signalbox.mesh.explain.RandomRouting;
import io.signalbox.mesh.explain.Records;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.whatif.Question;
import io.signalbox.mesh.whatif.Rerun;
import io.signalbox.mesh.whatif.WhatIf;
import io.signalbox.mesh.whatif.WhatIf.Reason;
import io.signalbox.mesh.whatif.WhatIf.Unknown;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another process tells of a request decides it as what is held here. */
final class ToldDecisionTest {

    private static final long SEED = 1_977;
    private static final int POLICIES = 200;
    private static final int REQUESTS_EACH = 20;

    private final RandomRouting made = new RandomRouting(SEED);

    @Test
    void whatIsToldIsDecidedAgainAsWhatIsHeld() {
        int alike = 0;
        int changed = 0;
        int secret = 0;
        for (int i = 0; i < POLICIES; i++) {
            ServiceConfig inForce = made.config();
            ServiceConfig candidate = made.config();
            RouteTable table = table(inForce, i);
            for (int n = 0; n < REQUESTS_EACH; n++) {
                HeldHead head = made.head();
                StableKeys keys = table.keys(head, made.travelled(table));
                DecisionRecord held =
                        Records.decided("r" + n, i, head, keys, table.decide("catalog", head, keys, made.draws()));

                WhatIf ofHeld = rerun(inForce, candidate, held);
                WhatIf ofTold = rerun(inForce, candidate, told(held));

                if (ofTold.unknown().equals(List.of(new Unknown(Reason.SECRET, 1)))) {
                    secret++;
                    assertThat(head.first("cookie")).isNotNull();
                    assertThat(candidate.policy().stickiness()).isPresent();
                } else {
                    alike++;
                    changed += ofHeld.changes().isEmpty() ? 0 : 1;
                    assertThat(ofTold)
                            .as("seed %d, policy %d, request %s", SEED, i, head)
                            .isEqualTo(ofHeld);
                }
            }
        }
        assertThat(alike).isGreaterThan(3_000);
        assertThat(changed).isGreaterThan(1_000);
        assertThat(secret).isBetween(20, 600);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        rules: [{ match: { headers: { authorization: Bearer hush } }, to: v2 }]  | 0
        rules: [{ match: { headers: { x-api-key: hush } }, to: v2 }]             | 0
        rules: [{ match: { query: { token: hush } }, to: v2 }]                   | 0
        rules: [{ match: { query: { page: 2 } }, to: v2 }]                       | 0
        faults: [{ name: f, match: { headers: { x-api-key: hush } }, delay: { fixed: 1s } }] | 0
        stickiness: { header: x-api-key } ;; split: { v1: 50, v2: 50 }           | 0
        rules: [{ match: { headers: { x-user: mira } }, to: v2 }]                | 1
        rules: [{ match: { pathPrefix: /items }, to: v2 }]                       | 1
        """)
    void secretsStayWhereTheyAreAndWhatLooksAtThemIsUnknown(String change, int evaluated) {
        HeldHead head = new HeldHead(
                "GET",
                "/items?page=2&token=hush&%74oken=hush",
                "catalog",
                List.of(
                        Map.entry("Authorization", "Bearer hush"),
                        Map.entry("X-Api-Key", "hush"),
                        Map.entry("Cookie", "sid=hush"),
                        Map.entry("X-User", "mira")),
                HeldHead.Extent.WHOLE);
        ServiceConfig open = config("");
        DecisionRecord held = Records.decided(
                "r",
                1,
                head,
                StableKeys.NONE,
                table(open, 1).decide("catalog", head, StableKeys.NONE, new SplittableRandom(1)));
        ToldRequest told = told(held);

        WhatIf answer = rerun(open, config(change.replace(" ;; ", "\n")), told);

        assertThat(told.decision())
                .isNotNull()
                .extracting(JsonText::text)
                .asString()
                .doesNotContain("hush");
        assertThat(answer.evaluated()).isEqualTo(evaluated);
        assertThat(answer.changes()).hasSize(evaluated);
        assertThat(answer.unknown()).isEqualTo(evaluated == 1 ? List.of() : List.of(new Unknown(Reason.SECRET, 1)));
    }

    @Test
    void whatIsTooLongIsNotTold() {
        HeldHead head = new HeldHead("GET", "/" + "x".repeat(9_000), "catalog", List.of(), HeldHead.Extent.WHOLE);
        DecisionRecord held = Records.decided(
                "r",
                1,
                head,
                StableKeys.NONE,
                table(config(""), 1).decide("catalog", head, StableKeys.NONE, new SplittableRandom(1)));

        assertThat(told(held).decision()).isNull();
        assertThat(rerun(config(""), config("timeout: 2s"), told(held)).unknown())
                .containsExactly(new Unknown(Reason.NOT_TOLD, 1));
    }

    private static ToldRequest told(DecisionRecord held) {
        return new ToldRequest(
                new SidecarName("shop", "shop-1"),
                held.line(),
                held.spanId(),
                held.parentSpanId(),
                new JsonText(""),
                decision(held));
    }

    private static @Nullable JsonText decision(DecisionRecord held) {
        return SidecarDetails.Told.decision(held.recalled(new KnownLots()));
    }

    private static WhatIf rerun(ServiceConfig inForce, ServiceConfig candidate, KeptRequest request) {
        return Rerun.of(
                inForce,
                candidate,
                new Rerun.Sample(List.of(request), Records.NOON, Records.NOON.plusSeconds(60), null, Question.MOST));
    }

    private static RouteTable table(ServiceConfig config, long revision) {
        return RouteTable.of(new MeshConfig(revision, Map.of("catalog", config)), Records.SHOP);
    }

    private ServiceConfig config(String part) {
        return ServiceConfig.starting(
                PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + part),
                made.config().endpoints());
    }
}
