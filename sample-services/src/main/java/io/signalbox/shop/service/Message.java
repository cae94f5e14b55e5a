package io.signalbox.shop.service;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the services say to each other, as JSON. */
sealed interface Message {

    /** The catalogue's front page. */
    record Featured(List<String> categories, List<Item> items) implements Message {}

    /**
     * @param catalog the version that answers
     * @param reviews a {@link ReviewPage} as JSON; an empty object when the reviews could not be had
     */
    record Listing(
            String category,
            String catalog,
            List<Item> items,
            boolean reviewsAvailable,
            @JsonRawValue String reviews) implements Message {}

    /** @param stars the mean rating; absent in v1, and when the ratings could not be had */
    record Reviewed(List<String> texts, @Nullable Double stars) implements Message {}

    record ReviewPage(String version, Map<String, Reviewed> reviews) implements Message {}

    record RatingPage(Map<String, Double> stars) implements Message {}

    record Wish(String item, int quantity) implements Message {}

    record CartLine(String item, String name, int priceCents, int quantity) implements Message {}

    record Cart(String shopper, List<CartLine> lines, int totalCents) implements Message {}

    record Order(String id, String shopper, List<CartLine> lines, int totalCents) implements Message {}

    /**
     * @param totalCents what was paid, less the discount
     * @param left how many are in stock still, by item
     */
    record OrderPlaced(
            String order,
            int totalCents,
            int discountCents,
            String authorization,
            boolean mailSent,
            Map<String, Integer> left)
            implements Message {}

    record Quoted(String item, int listCents, int discountPercent, int priceCents) implements Message {}

    record PricePage(List<Quoted> prices) implements Message {}

    /** @param bids in cents, 1..3 of them, made one after the other */
    record Haggling(String item, List<Integer> bids) implements Message {}

    /** @param verdict accepted, countered or refused */
    record Haggled(String verdict, int cents) implements Message {}

    record HagglePage(String item, List<Haggled> answers) implements Message {}

    record Payment(String order, String shopper, int amountCents) implements Message {}

    record Receipt(String order, int amountCents, String authorization) implements Message {}

    /**
     * What a bank was asked and did since it opened.
     *
     * @param chargedTwice orders that were authorized more than once, of the latest
     * @param latestTwice the latest of them; empty when there is none
     */
    record Statement(long asked, long authorized, int chargedTwice, String latestTwice) implements Message {}

    record Mail(String to, String subject, String text) implements Message {}

    record Queued(String mail) implements Message {}
}
