package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.whatif.Change;
import io.signalbox.mesh.whatif.Change.Kind;
import io.signalbox.mesh.whatif.Question;
import io.signalbox.mesh.whatif.WhatIf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same requests through sidecars in this process and through attached ones: a what-if says the same of both. */
final class AttachedWhatIfTest {

    private static final ChangeNote NOTE = new ChangeNote("mira", "to see");
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final long SEED = 77;
    private static final int REQUESTS = 24;
    private static final String HEAD = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n";
    private static final String BEFORE = HEAD + "stickiness: { header: x-user }\nsplit: { v1: 80, v2: 20 }\n";
    private static final String AFTER = HEAD + """
        stickiness: { header: x-user }
        split: { v1: 50, v2: 50 }
        timeout: 7s
        rules:
          - { match: { pathPrefix: /new, query: { page: "2" } }, to: v2 }
          - { match: { pathPrefix: /old }, directResponse: { status: 410 } }
        authorization: { rules: [{ name: no-admin, action: deny, match: { pathPrefix: /admin } }] }
        """;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TwoSidecars shop;

    @SuppressWarnings("NullAway.Init")
    private LocalSidecars second;

    @SuppressWarnings("NullAway.Init")
    private LocalMesh embedded;

    @BeforeEach
    void open() throws IOException {
        shop = new TwoSidecars(folder);
        second = shop.sidecar(
                "service: catalog\nversion: v2\ninstance: catalog-2\napp: { port: " + shop.appPort() + " }\n");
        embedded = LocalMesh.start(new MeshOptions("embedded", 0), new RunningMeshes(folder.resolve("embedded")));
        embedded.join(MemberSpec.service("catalog", "v1", "catalog-1", shop.appPort()));
        embedded.join(MemberSpec.service("catalog", "v2", "catalog-2", shop.appPort()));
    }

    @AfterEach
    void close() {
        embedded.close();
        second.close();
        shop.close();
    }

    @Test
    void aWhatIfSaysTheSameOfBoth() {
        int inside = embedded.join(MemberSpec.client("storefront", "storefront-1", "catalog"))
                .outbound()
                .getPort();
        int attached = shop.calling.sidecars().getFirst().outboundPort();
        prepare(shop.mesh);
        await().atMost(SOON)
                .until(() -> shop.mesh.sidecars().stream()
                                .filter(sidecar -> sidecar.revision() == sidecar.newest())
                                .count()
                        == 3);
        prepare(embedded.connection());

        send(attached);
        send(inside);

        WhatIf ofAttached = ask(shop.mesh);
        WhatIf ofEmbedded = ask(embedded.connection());
        assertThat(ofAttached.evaluated()).isEqualTo(REQUESTS);
        assertThat(ofAttached.unknown()).isEmpty();
        assertThat(said(ofAttached)).isEqualTo(said(ofEmbedded));
        assertThat(ofEmbedded.changes())
                .extracting(Change::kind)
                .contains(Kind.VERSION, Kind.DENIED, Kind.ANSWER, Kind.TIMEOUT);
    }

    private static void prepare(MeshConnection mesh) {
        await().atMost(SOON)
                .until(() -> mesh.snapshot().services().stream()
                        .anyMatch(service -> service.name().equals("catalog")
                                && service.versions().size() == 2));
        mesh.putPolicy(BEFORE, NOTE);
    }

    private void send(int port) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> paths = List.of("/", "/", "/new/a?page=2", "/new/a?page=3", "/old/a", "/admin");
        for (int i = 0; i < REQUESTS; i++) {
            int status = shop.callThrough(
                    port,
                    paths.get(random.nextInt(paths.size())),
                    "r" + i,
                    "X-User",
                    "user-" + random.nextInt(1_000),
                    "X-B3-Sampled",
                    "1");
            assertThat(status).isEqualTo(200);
        }
    }

    private static WhatIf ask(MeshConnection mesh) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(mesh.requests().newest(RequestFilter.ALL, 1_000))
                        .extracting(RequestLine::id)
                        .hasSize(REQUESTS));
        return mesh.requests().whatIf(Question.of(AFTER)).getFirst();
    }

    private static List<String> said(WhatIf answer) {
        return answer.changes().stream()
                .map(change -> change.kind() + " " + change.from() + " " + change.to() + " " + change.requests() + " "
                        + change.certainty() + " " + change.examples())
                .toList();
    }
}
