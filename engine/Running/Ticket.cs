namespace IotMqtt.Engine.Running;

/// <summary>
/// Names a question that a run has put to its world; the answer brings it back. Equal facts give equal tickets, so that a replayed run
/// knows the answers to what it asked before. An answer to a question that is no longer open is ignored.
/// </summary>
/// <param name="Slot">Where what asked sits among what is open.</param>
/// <param name="Generation">How often that slot was used before.</param>
/// <param name="Question">The number of the question, counted by what asked.</param>
internal readonly record struct Ticket(int Slot, int Generation, int Question);
