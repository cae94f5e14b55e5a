package io.signalbox.mesh.client.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One reading for all sidecars of a process. */
final class UpdateReaderTest {

    @Test
    void whatOneWasToldIsHandedToTheOthers() {
        UpdateReader reader = new UpdateReader(2);

        assertThat(reader.read(update(7))).isSameAs(reader.read(update(7)));
    }

    @Test
    void noMoreIsKeptThanWhatIsNew() {
        UpdateReader reader = new UpdateReader(2);
        ReadUpdate first = reader.read(update(1));
        for (int revision = 2; revision <= UpdateReader.MOST_KEPT + 1; revision++) {
            assertThat(reader.read(update(revision)).revision()).isEqualTo(revision);
        }

        assertThat(reader.read(update(1))).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void oneThatIsBehindIsHandedWhatOthersReadBefore() {
        UpdateReader reader = new UpdateReader(2);
        ReadUpdate first = reader.read(update(1));
        for (int revision = 2; revision <= UpdateReader.MOST_KEPT; revision++) {
            assertThat(reader.read(update(revision)).revision()).isEqualTo(revision);
        }

        assertThat(reader.read(update(1))).isSameAs(first);
    }

    @Test
    void noMoreIsKeptThanFourMillionCharacters() {
        UpdateReader reader = new UpdateReader(2);
        ReadUpdate first = reader.read(update(1));
        String padding = " ".repeat(UpdateReader.MOST_CHARACTERS / 2);
        assertThat(reader.read(update(2) + padding).revision()).isEqualTo(2);
        assertThat(reader.read(update(1))).isSameAs(first);

        assertThat(reader.read(update(3) + padding).revision()).isEqualTo(3);
        assertThat(reader.read(update(1))).isNotSameAs(first);
    }

    @Test
    void theNewestIsKeptHoweverLongItIs() {
        UpdateReader reader = new UpdateReader(2);
        String longest = update(1) + " ".repeat(UpdateReader.MOST_CHARACTERS);

        assertThat(reader.read(longest)).isSameAs(reader.read(longest));
    }

    @Test
    void whatIsTheSameInTwoRevisionsIsThereOnce() {
        UpdateReader reader = new UpdateReader(2);
        ServiceConfig before = config(reader.read(whole(1, "c-1")));
        ServiceConfig same = config(reader.read(whole(2, "c-1")));
        ServiceConfig more = config(reader.read(whole(3, "c-1", "c-2")));

        assertThat(same).isSameAs(before);
        assertThat(more.endpoints()).hasSize(2);
        assertThat(more.endpoints().getFirst()).isSameAs(before.endpoints().getFirst());
    }

    @Test
    void oneThatIsAloneKeepsNothing() {
        UpdateReader reader = new UpdateReader(1);

        assertThat(reader.read(update(7))).isNotSameAs(reader.read(update(7)));
    }

    @Test
    void whatIsNoUpdateIsRefusedEachTime() {
        UpdateReader reader = new UpdateReader(2);

        assertThatThrownBy(() -> reader.read("{")).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> reader.read("{")).isInstanceOf(MalformedJsonException.class);
    }

    private static ServiceConfig config(ReadUpdate read) {
        return ((ReadUpdate.Understood) read.services().getFirst()).config();
    }

    private static String whole(int revision, String... instances) {
        List<Endpoint> endpoints = Stream.of(instances)
                .map(instance -> new Endpoint("catalog", instance, "v1", "127.0.0.1", 8_080, Protocol.HTTP, null))
                .toList();
        ServiceConfig config = new ServiceConfig(TrafficPolicy.defaults("catalog"), Optional.empty(), endpoints);
        return Json.text(new MeshUpdate(
                revision,
                true,
                List.of(ServiceUpdate.of(config, ServiceUpdate.Standing.REGISTERED, List.of())),
                List.of(),
                List.of()));
    }

    private static String update(int revision) {
        return "{\"revision\":" + revision + ",\"warm\":true,\"services\":[],\"removed\":[\"catalog\"]}";
    }
}
