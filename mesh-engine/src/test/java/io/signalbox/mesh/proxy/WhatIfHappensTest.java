package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.whatif.Certainty;
import io.signalbox.mesh.whatif.Change;
import io.signalbox.mesh.whatif.Change.Kind;
import io.signalbox.mesh.whatif.Rerun;
import io.signalbox.mesh.whatif.WhatIf;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is foretold of requests through sidecars, beside what happens when the policy is put in force and they come again. */
class WhatIfHappensTest extends MeshCase {

    private static final long SEED = 66;
    private static final int USERS = 60;
    private static final String BEFORE = "stickiness: { header: x-user }\nsplit: { v1: 80, v2: 20 }";
    private static final String AFTER = """
        stickiness: { header: x-user }
        split: { v1: 50, v2: 50 }
        rules:
          - { match: { pathPrefix: /new }, to: v2 }
          - { match: { pathPrefix: /old }, directResponse: { status: 410 } }
        authorization: { rules: [{ name: no-admin, action: deny, match: { pathPrefix: /admin } }] }
        """;

    /** One request, by its id: what came of it. */
    private record Got(int status, String body) {}

    @Test
    void whatIsForetoldExactlyHappens() throws IOException {
        serve("v1", TestApp.saying(200, "v1"));
        serve("v2", TestApp.saying(200, "v2"));
        mesh.policy(policy(BEFORE));
        Map<String, Got> before = send();
        WhatIf foretold = rerun(AFTER);

        mesh.policy(policy(AFTER));
        Map<String, Got> after = send();

        assertThat(foretold.evaluated()).isEqualTo(USERS);
        assertThat(foretold.changes())
                .allSatisfy(change -> assertThat(change.certainty()).isEqualTo(Certainty.EXACT));
        assertThat(sum(foretold, Kind.DENIED))
                .isEqualTo(gained(before, after, 403))
                .isPositive();
        assertThat(sum(foretold, Kind.ANSWER))
                .isEqualTo(gained(before, after, 410))
                .isPositive();
        long moved = before.keySet().stream()
                .filter(id -> got(after, id).status() == 200 && !got(after, id).equals(got(before, id)))
                .count();
        // Who is denied goes to another version as well, and nobody sees it.
        long movedAndDenied = sum(foretold, Kind.VERSION) - moved;
        assertThat(movedAndDenied).isBetween(0L, gained(before, after, 403));
        assertThat(moved).isPositive();
        foretold.changes().stream()
                .filter(change -> change.kind() == Kind.VERSION)
                .flatMap(change -> change.examples().stream().map(id -> Map.entry(id, change)))
                .filter(example -> got(after, example.getKey()).status() == 200)
                .forEach(example -> {
                    assertThat(got(before, example.getKey()).body())
                            .isEqualTo(example.getValue().from());
                    assertThat(got(after, example.getKey()).body())
                            .isEqualTo(example.getValue().to());
                });
    }

    @Test
    void thePolicyInForceWouldChangeNothing() throws IOException {
        serve("v1", TestApp.saying(200, "v1"));
        serve("v2", TestApp.saying(200, "v2"));
        mesh.policy(policy("split: { v1: 80, v2: 20 }"));
        assertThat(send()).hasSize(USERS);

        WhatIf same = rerun("split: { v1: 80, v2: 20 }");

        assertThat(same.evaluated()).isEqualTo(USERS);
        assertThat(same.changes()).isEmpty();
    }

    private WhatIf rerun(String part) {
        ServiceConfig inForce = Objects.requireNonNull(mesh.config().services().get("catalog"));
        ServiceConfig candidate =
                new ServiceConfig(policy(part), inForce.candidateWeight(), inForce.endpoints(), inForce.unhealthy(), 0);
        await().untilAsserted(() -> assertThat(mesh.shared.decisions().newest(RequestFilter.ALL, 1_000))
                .hasSize(USERS));
        List<DecisionRecord> records = mesh.shared.decisions().newest(RequestFilter.ALL, 1_000);
        return Rerun.of(inForce, candidate, new Rerun.Sample(records, Instant.EPOCH, Instant.EPOCH, null, 10_000));
    }

    /** The same requests each time. */
    private Map<String, Got> send() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> paths = List.of("/", "/", "/", "/new/a", "/old/a", "/admin");
        Map<String, Got> got = new HashMap<>();
        for (int i = 0; i < USERS; i++) {
            String id = "r" + i;
            RawHttp.Answer answer = call("GET " + paths.get(random.nextInt(paths.size())) + " HTTP/1.1\nHost: catalog\n"
                    + "X-User: user-" + random.nextInt(1_000) + "\nX-Request-ID: " + id + "\nX-B3-Sampled: 1\n\n");
            got.put(id, new Got(answer.status(), answer.body()));
        }
        return got;
    }

    private static long gained(Map<String, Got> before, Map<String, Got> after, int status) {
        return before.keySet().stream()
                .filter(id ->
                        got(after, id).status() == status && got(before, id).status() != status)
                .count();
    }

    private static Got got(Map<String, Got> all, String id) {
        return Objects.requireNonNull(all.get(id), id);
    }

    private static long sum(WhatIf answer, Kind kind) {
        return answer.changes().stream()
                .filter(change -> change.kind() == kind)
                .collect(Collectors.summingLong(Change::requests));
    }

    private static TrafficPolicy policy(String part) {
        return PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + part);
    }
}
