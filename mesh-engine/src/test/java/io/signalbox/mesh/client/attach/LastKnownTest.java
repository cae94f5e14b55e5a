package io.signalbox.mesh.client.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of what a sidecar last ran. */
final class LastKnownTest {

    private static final Set<String> REVOKED = Set.of("intruder");
    private static final Instant LATER = Instant.EPOCH.plusSeconds(5);

    @TempDir
    private Path folder;

    private LastKnown kept;

    @BeforeEach
    void open() {
        kept = again();
    }

    @Test
    void whatChangedIsReadOverWhatWasWholeBefore() {
        kept.write(List.of(service("catalog", 1), service("stock", 1)), REVOKED, Instant.EPOCH);
        kept.append(
                Map.of("catalog", Optional.of(service("catalog", 2)), "stock", Optional.empty()),
                REVOKED,
                Instant.EPOCH);
        kept.append(Map.of("cart", Optional.of(service("cart", 3))), REVOKED, LATER);

        LastKnown.Kept read = again().read().orElseThrow();
        assertThat(read.services()).containsExactly(service("cart", 3), service("catalog", 2));
        assertThat(read.revoked()).containsExactly("intruder");
        assertThat(read.at()).isEqualTo(LATER);
    }

    @Test
    void aChangeThatWasNotWrittenToItsEndIsLeftOut() throws IOException {
        kept.write(List.of(service("catalog", 1)), Set.of(), Instant.EPOCH);
        kept.append(Map.of("catalog", Optional.of(service("catalog", 2))), REVOKED, LATER);
        long before = Files.size(kept.file());
        kept.append(Map.of("catalog", Optional.of(service("catalog", 3))), REVOKED, LATER);
        byte[] all = Files.readAllBytes(kept.file());

        for (int length = (int) before; length < all.length; length++) {
            Files.write(kept.file(), Arrays.copyOf(all, length));
            assertThat(again().read().orElseThrow().services()).containsExactly(service("catalog", 2));
        }
    }

    @Test
    void aFileOfBeforeChangesWereKeptIsRead() throws IOException {
        kept.write(List.of(service("catalog", 1)), Set.of(), Instant.EPOCH);
        String text = Files.readString(kept.file()).strip().replace("\"format\":2", "\"format\":1");
        Files.writeString(kept.file(), text);

        assertThat(again().read().orElseThrow().services()).containsExactly(service("catalog", 1));
    }

    @Test
    void everythingIsWantedAnewOnceChangesHaveGrownLonger() {
        assertThat(kept.wantsWhole()).isTrue();
        kept.write(List.of(service("catalog", 1)), Set.of(), Instant.EPOCH);
        assertThat(kept.wantsWhole()).isFalse();

        for (int i = 0; !kept.wantsWhole(); i++) {
            assertThat(i).isLessThan(1_000);
            kept.append(Map.of("catalog", Optional.of(service("catalog", i % 9 + 1))), REVOKED, Instant.EPOCH);
        }
        kept.write(List.of(service("catalog", 4)), Set.of(), Instant.EPOCH);
        assertThat(kept.wantsWhole()).isFalse();
        assertThat(again().read().orElseThrow().services()).containsExactly(service("catalog", 4));
    }

    @Test
    void aChangeThatEndsWithinACharacterIsLeftOut() throws IOException {
        kept.write(List.of(service("catalog", 1)), Set.of(), Instant.EPOCH);
        byte[] whole = Files.readAllBytes(kept.file());
        byte[] torn = Arrays.copyOf(whole, whole.length + 2);
        torn[whole.length] = '{';
        torn[whole.length + 1] = (byte) 0xc3;
        Files.write(kept.file(), torn);

        assertThat(again().read().orElseThrow().services()).containsExactly(service("catalog", 1));
    }

    @Test
    void whatFollowsADamagedChangeIsLeftOut() throws IOException {
        kept.write(List.of(service("catalog", 1)), Set.of(), Instant.EPOCH);
        Files.writeString(kept.file(), "{\"at\n", StandardOpenOption.APPEND);
        kept.append(Map.of("catalog", Optional.of(service("catalog", 2))), REVOKED, LATER);

        assertThat(again().read().orElseThrow().services()).containsExactly(service("catalog", 1));
    }

    @Test
    void aChangeIsWrittenWithWhatStandsThereWhereEverythingIsWanted() {
        kept.write(List.of(service("catalog", 1), service("stock", 1)), Set.of(), Instant.EPOCH);
        LastKnown later = again();

        later.append(Map.of("catalog", Optional.of(service("catalog", 2))), REVOKED, LATER);

        LastKnown.Kept read = again().read().orElseThrow();
        assertThat(read.services()).containsExactly(service("catalog", 2), service("stock", 1));
        assertThat(read.revoked()).isEqualTo(REVOKED);
        assertThat(later.wantsWhole()).isFalse();
    }

    @Test
    void aChangeThatCannotBeWrittenIsSaid() throws IOException {
        kept.write(List.of(service("catalog", 1)), Set.of(), Instant.EPOCH);
        Files.delete(kept.file());

        assertThatThrownBy(() -> kept.append(Map.of("catalog", Optional.empty()), REVOKED, Instant.EPOCH))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(kept.file().toString());
        assertThat(kept.wantsWhole()).isTrue();
    }

    @Test
    void anEmptyFileIsNone() throws IOException {
        Files.createDirectories(kept.file().toAbsolutePath().getParent());
        Files.writeString(kept.file(), "");

        assertThatThrownBy(() -> kept.read()).isInstanceOf(InvalidValueException.class);
    }

    private LastKnown again() {
        return new LastKnown(folder, "storefront", "storefront-1");
    }

    private static ServiceUpdate service(String name, int instances) {
        List<Endpoint> endpoints = IntStream.range(0, instances)
                .mapToObj(i -> new Endpoint(name, name + "-" + i, "v1", "127.0.0.1", 8_080 + i, Protocol.HTTP, null))
                .toList();
        return ServiceUpdate.of(
                new ServiceConfig(TrafficPolicy.defaults(name), Optional.empty(), endpoints),
                ServiceUpdate.Standing.REGISTERED,
                List.of());
    }
}
