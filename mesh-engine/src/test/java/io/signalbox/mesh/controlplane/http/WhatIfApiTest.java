package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.controlplane.TestMesh;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.Records;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class WhatIfApiTest {

    private static final String PATH = "/api/v1/policies:what-if";
    private static final String TO_V2 = "apiVersion: signalbox.io/v1\\nkind: TrafficPolicy\\nservice: catalog\\n"
            + "rules: [{ match: { pathPrefix: /items }, to: v2 }]";

    private final HttpMesh http = new HttpMesh();

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aPolicyIsTriedOnWhatIsKept() {
        keep();

        HttpResponse<String> answer = http.post(PATH, "{\"policies\":\"" + TO_V2 + "\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        "\"service\":\"catalog\"",
                        "\"recorded\":2",
                        "\"evaluated\":2",
                        "\"kind\":\"version\",\"from\":\"v1\",\"to\":\"v2\",\"requests\":2",
                        "\"certainty\":\"exact\"",
                        "\"examples\":[\"r2\",\"r1\"]");
        assertThat(http.mesh.controlPlane.policies().history("catalog")).hasSize(1);
    }

    @Test
    void theDocumentMayBeTheBody() {
        keep();

        HttpResponse<String> answer = http.send(
                "POST", PATH + "?last=5m&limit=1", TO_V2.replace("\\n", "\n"), "Content-Type", "application/yaml");

        assertThat(answer.body()).contains("\"recorded\":1", "\"passedOver\":1", "\"requests\":1");
    }

    @Test
    void weightsAreTriedAsWhenTheyAreSetByHand() {
        keep();

        assertThat(http.post(PATH, "{\"service\":\"catalog\",\"weights\":{\"v2\":100}}")
                        .body())
                .contains("\"kind\":\"version\",\"from\":\"v1\",\"to\":\"v2\",\"requests\":2", "\"exact\"");
    }

    @Test
    void aPolicyThatStaysAsItIsChangesNothingWhileAStageIsInForce() {
        String staged = """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            canary:
              stable: v1
              candidate: v2
              stages: [{ match: { headers: { X-Beta: "yes" } } }]
            """;
        http.mesh.put(staged);
        http.mesh.controlPlane.rollouts().start("catalog", RolloutRequest.OF_THE_POLICY, TestMesh.NOTE);
        http.mesh.tick();
        decided(List.of(Map.entry("X-Beta", "yes")));

        assertThat(http.send("POST", PATH, staged, "Content-Type", "application/yaml")
                        .body())
                .contains("\"evaluated\":2", "\"changes\":[]");
        assertThat(http.send("POST", PATH, staged.replace("X-Beta", "X-Alpha"), "Content-Type", "application/yaml")
                        .body())
                .contains("\"kind\":\"version\",\"from\":\"v2\",\"to\":\"v1\",\"requests\":2");
    }

    @Test
    void whereNothingIsKeptNothingIsMadeUp() {
        assertThat(http.post(PATH, "{\"policies\":\"" + TO_V2 + "\"}").body())
                .contains("\"recorded\":0", "\"evaluated\":0", "\"changes\":[]")
                .doesNotContain("counted");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        {}                                                    | 400 | policies: none (expected: a policy document, or weights)
        {"policies": "service: catalog"}                      | 400 | apiVersion: missing
        {"weights": {"v2": 10}}                               | 400 | service: none (expected: the service whose weights are meant)
        {"service": "catalog", "weights": {"v7": 10}}         | 404 | version: v7 (expected: one of
        {"service": "nobody", "weights": {"v2": 10}}          | 404 | service: nobody (expected: one of
        {"service": "nobody", "policies": "POLICY"}           | 404 | policy of service: nobody (expected: one of catalog)
        {"last": "2h", "policies": "POLICY"}                  | 400 | last: PT2H (expected: more than zero, at most 1h)
        {"last": "soon", "policies": "POLICY"}                | 400 | last: soon (expected: a duration
        {"limit": 0, "policies": "POLICY"}                    | 400 | limit: 0 (expected: 1..10000)
        {"policies": "POLICY", "what": 1}                     | 400 | what
        """)
    void aWrongQuestionIsRefused(String body, int status, String message) {
        HttpResponse<String> answer = http.post(PATH, body.replace("POLICY", TO_V2));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void aServiceThatNobodyKnowsIsRefused() {
        HttpResponse<String> answer = http.post(PATH, "{\"policies\":\"" + TO_V2.replace("catalog", "nobody") + "\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("service: nobody (expected: one of catalog");
    }

    /** Two requests under the canary, whose lots chose v1. */
    private void keep() {
        http.mesh.put(TestMesh.CANARY);
        http.mesh.tick();
        decided(List.of());
    }

    /** Two requests with these fields, under what is in force. */
    private void decided(List<Map.Entry<String, String>> fields) {
        ServiceConfig config = http.mesh.shoppers.config().services().get("catalog");
        RouteTable table = RouteTable.of(new MeshConfig(1, Map.of("catalog", config)), Records.SHOP);
        for (String id : List.of("r1", "r2")) {
            HeldHead head = new HeldHead("GET", "/items", "catalog", fields, HeldHead.Extent.WHOLE);
            DecisionRecord record = Records.decided(
                    id,
                    1,
                    head,
                    StableKeys.NONE,
                    table.decide("catalog", head, StableKeys.NONE, new SplittableRandom(1)));
            http.mesh.decisions.add(record);
        }
    }
}
