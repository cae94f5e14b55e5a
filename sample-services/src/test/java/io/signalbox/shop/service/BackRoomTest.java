package io.signalbox.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.signalbox.mesh.config.AccessToken;
import io.signalbox.shop.web.AppHost;
import io.signalbox.shop.web.AppPort;
import io.signalbox.shop.web.DirectClient;
import io.signalbox.shop.web.NeighbourFailure;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One back room, and two processes that share it. */
class BackRoomTest {

    private static final AccessToken TOKEN = AccessToken.generate(new SplittableRandom(1));
    private static final Message.CartLine TEA = new Message.CartLine("green-tea", "Green tea & more", 450, 2);

    private final AppHost host = new AppHost();
    private AppPort port;
    private DirectClient firstClient;
    private DirectClient secondClient;
    private BackRoom first;
    private BackRoom second;

    @BeforeEach
    void open() {
        port = host.reserve("back-room");
        port.serve(BackRoom.inMemory(Range.load()).door());
        URI address = URI.create("http://127.0.0.1:" + port.number());
        firstClient = new DirectClient(address, TOKEN);
        secondClient = new DirectClient(address, TOKEN);
        first = BackRoom.behind(firstClient);
        second = BackRoom.behind(secondClient);
    }

    @AfterEach
    void close() {
        firstClient.close();
        secondClient.close();
        host.close();
    }

    @Test
    void aCartThatOneFillsTheOtherSeesAndEmpties() {
        first.sessions().add("mira & co", TEA);

        assertThat(second.sessions().cart("mira & co")).isEqualTo(new Message.Cart("mira & co", List.of(TEA), 900));
        assertThat(second.sessions().empty("mira & co").lines()).isEmpty();
        assertThat(first.sessions().cart("mira & co").lines()).isEmpty();
    }

    @Test
    void whatOneReservesIsGoneForTheOtherAndAskedForTwiceIsTakenOnce() {
        String item = Range.load().items().getFirst().id();

        assertThat(first.shelves().reserve(item, 3, "o-1")).isEqualTo(new Shelves.Reservation(true, 497));
        assertThat(second.shelves().reserve(item, 3, "o-1")).isEqualTo(new Shelves.Reservation(true, 497));
        assertThat(second.shelves().level(item)).isEqualTo(497);
        assertThat(second.shelves().reserve(item, 9_999, "o-2").made()).isFalse();
        assertThat(first.shelves().has("no-such-thing")).isFalse();
    }

    @Test
    void withoutTheBackRoomItsUsersFailAsWithoutAnyNeighbour() {
        port.close();

        assertThatExceptionOfType(NeighbourFailure.class)
                .isThrownBy(() -> first.sessions().cart("mira"))
                .withMessage("127.0.0.1:" + port.number() + " is unavailable: no answer");
    }
}
