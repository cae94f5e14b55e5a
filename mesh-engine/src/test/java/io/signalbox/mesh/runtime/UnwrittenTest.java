package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.attach.FollowedMesh;
import io.signalbox.mesh.client.attach.LastKnown;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.attach.ReadUpdate;
import io.signalbox.mesh.client.attach.ServiceUpdate;
import io.signalbox.mesh.client.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is still to be written down, also after it could not be. */
final class UnwrittenTest {

    @TempDir
    private Path folder;

    private final FollowedMesh followed = new FollowedMesh();

    @Test
    void whatChangedIsWrittenBesideWhatStood() {
        Unwritten unwritten = new Unwritten(lastKnown(), Set.of());
        told(unwritten, "catalog", 1);
        told(unwritten, "stock", 1);
        unwritten.write(Instant.EPOCH);
        told(unwritten, "catalog", 2);
        unwritten.write(Instant.EPOCH);

        assertThat(kept()).containsExactly("catalog 2", "stock 1");
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenTheNextTime() throws IOException {
        Unwritten unwritten = new Unwritten(lastKnown(), Set.of());
        Files.writeString(folder.resolve("state"), "in its place");
        told(unwritten, "catalog", 1);
        assertThatThrownBy(() -> unwritten.write(Instant.EPOCH)).isInstanceOf(UncheckedIOException.class);

        Files.delete(folder.resolve("state"));
        unwritten.write(Instant.EPOCH);
        assertThat(kept()).containsExactly("catalog 1");
    }

    @Test
    void whoIsBelievedNoMoreIsWrittenWithEverything() {
        Unwritten unwritten = new Unwritten(lastKnown(), Set.of());
        told(unwritten, "catalog", 1);
        unwritten.write(Instant.EPOCH);

        unwritten.revoked(Set.of("intruder"), followed);
        unwritten.write(Instant.EPOCH);

        assertThat(lastKnown().read().orElseThrow().revoked()).containsExactly("intruder");
        assertThat(kept()).containsExactly("catalog 1");
    }

    private void told(Unwritten unwritten, String service, int policyRevision) {
        ServiceUpdate update = Json.read(
                "{\"service\":\"" + service + "\",\"registered\":true,\"policyRevision\":" + policyRevision
                        + ",\"endpoints\":[],\"unhealthy\":[],\"out\":[]}",
                ServiceUpdate.class);
        followed.change(ReadUpdate.of(new MeshUpdate(1, true, List.of(update), List.of(), List.of())));
        unwritten.changed(followed);
    }

    private List<String> kept() {
        return lastKnown().read().orElseThrow().services().stream()
                .map(update -> update.service() + " " + update.policyRevision())
                .toList();
    }

    private LastKnown lastKnown() {
        return new LastKnown(folder.resolve("state"), "storefront", "storefront-1");
    }
}
