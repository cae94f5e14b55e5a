package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RequestSketch;
import io.signalbox.mesh.explain.RequestLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private final Shelf shelf = new Shelf("catalog");

    @Test
    void aCallerKeepsItsPlaceInWhateverOrderTheRequestsCome() {
        List<RequestLine> lines = new ArrayList<>(RequestSketch.shoppers());
        Collections.shuffle(lines, new Random(11));
        lines.forEach(shelf::add);
        assertThat(shelf.tiles())
                .hasSize(200)
                .allSatisfy(tile -> assertThat(tile.caller()).isEqualTo("shopper-%03d".formatted(tile.place() + 1)));
    }

    @Test
    void callersWithoutANumberTakeTheFirstFreePlaceForGood() {
        ShelfPlaces places = new ShelfPlaces();
        assertThat(places.of("mira")).isZero();
        assertThat(places.of("shopper-001")).isEqualTo(1);
        assertThat(places.of("shopper-003")).isEqualTo(2);
        assertThat(places.of("dan")).isEqualTo(3);
        assertThat(places.of("mira")).isZero();
    }

    @Test
    void theNewestRequestOfACallerIsShown() {
        shelf.add(RequestSketch.shopper(7, "v2", 500, 20, 1));
        shelf.add(RequestSketch.shopper(7, "v1", 200, 20, 9));
        assertThat(shelf.at(6)).hasValueSatisfying(tile -> {
            assertThat(tile.version()).isEqualTo("v2");
            assertThat(tile.failed()).isTrue();
        });
    }

    @Test
    void moreCallersThanThereArePlacesAreCountedNotKept() {
        for (int i = 1; i <= 600; i++) {
            shelf.add(RequestSketch.keyed(RequestSketch.shopper(1, "v1", 200, 20, 1), "person " + i + "x"));
        }
        assertThat(shelf.tiles()).hasSize(ShelfPlaces.MOST);
        assertThat(shelf.unshown()).isEqualTo(200);
    }

    @Test
    void aFullWallGivesThePlaceOfWhoAskedLongestAgoToANewCaller() {
        for (int i = 1; i <= ShelfPlaces.MOST; i++) {
            shelf.add(
                    RequestSketch.keyed(RequestSketch.shopper(1, "v1", 200, 20, i == 7 ? 300 : 90), "old " + i + "x"));
        }
        shelf.add(RequestSketch.keyed(RequestSketch.shopper(1, "v2", 200, 20, 1), "new"));
        assertThat(shelf.tiles()).hasSize(ShelfPlaces.MOST);
        assertThat(shelf.at(6))
                .hasValueSatisfying(tile -> assertThat(tile.caller()).isEqualTo("new"));
        assertThat(shelf.unshown()).isZero();
        shelf.add(RequestSketch.keyed(RequestSketch.shopper(1, "v2", 200, 20, 1), "newer"));
        assertThat(shelf.unshown()).isEqualTo(1);
    }

    @Test
    void whatIsNobodysOrAnotherServicesIsNotShown() {
        shelf.add(RequestSketch.keyed(RequestSketch.shopper(1, "v1", 200, 20, 1), null));
        Shelf other = new Shelf("reviews");
        other.add(RequestSketch.shopper(1, "v1", 200, 20, 1));
        assertThat(shelf.tiles()).isEmpty();
        assertThat(shelf.unknown()).isEqualTo(1);
        assertThat(other.tiles()).isEmpty();
        assertThat(other.unknown()).isZero();
    }

    @Test
    void slowIsWhatNineInTenWereQuickerThanAndNothingWhileThereAreFew() {
        for (int i = 1; i <= 9; i++) {
            shelf.add(RequestSketch.shopper(i, "v1", 200, i, 1));
        }
        assertThat(shelf.slowNanos()).isEqualTo(Long.MAX_VALUE);
        shelf.add(RequestSketch.shopper(10, "v1", 200, 10, 1));
        assertThat(shelf.slowNanos()).isEqualTo(9_000_000);
    }
}
