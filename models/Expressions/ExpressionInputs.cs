namespace IotMqtt.Models.Expressions;

/// <summary>
/// Time and chance of one evaluation: with equal names and equal inputs it comes to the same. The default is 1970 and the seed 0.
/// </summary>
/// <param name="Now">What <c>Date</c> takes for now.</param>
/// <param name="Seed">Where <c>Math.random</c> starts from, anew for each evaluation: derive it per use.</param>
internal readonly record struct ExpressionInputs(DateTimeOffset Now, ulong Seed);
