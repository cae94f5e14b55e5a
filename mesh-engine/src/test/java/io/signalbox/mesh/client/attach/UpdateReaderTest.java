package io.signalbox.mesh.client.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.json.MalformedJsonException;
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
        for (int revision = 2; revision <= 5; revision++) {
            assertThat(reader.read(update(revision)).revision()).isEqualTo(revision);
        }

        assertThat(reader.read(update(1))).isNotSameAs(first).isEqualTo(first);
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

    private static String update(int revision) {
        return "{\"revision\":" + revision + ",\"warm\":true,\"services\":[],\"removed\":[\"catalog\"]}";
    }
}
