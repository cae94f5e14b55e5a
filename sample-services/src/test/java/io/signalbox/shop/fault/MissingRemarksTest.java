package io.signalbox.shop.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.shop.service.Item;
import io.signalbox.shop.service.Range;
import io.signalbox.shop.web.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MissingRemarksTest {

    @Test
    void ofSomeItemsOnlyTheFirstTextIsLeftAndNothingElseChanges() {
        MissingRemarks missing = new MissingRemarks(Math.floorMod("pears".hashCode(), MissingRemarks.ITEMS_IN));
        Reply page = Reply.ok(Map.of(
                "version",
                "v3",
                "reviews",
                Map.of("pears", Map.of("texts", List.of("Lovely.", "Dear."), "stars", 4.2))));
        assertThat(missing.from(page).body())
                .contains("\"version\":\"v3\"", "\"texts\":[\"Lovely.\"]", "\"stars\":4.2");
    }

    @Test
    void whateverTheLotSomeItemsAreStruckAndMostAreNot() {
        for (int lot = 0; lot < MissingRemarks.ITEMS_IN; lot++) {
            MissingRemarks missing = new MissingRemarks(lot);
            assertThat(Range.load().items().stream().map(Item::id).filter(missing::strikes))
                    .hasSizeBetween(1, 20);
        }
    }
}
