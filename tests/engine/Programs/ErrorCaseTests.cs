using IotMqtt.Engine.Programs;

namespace IotMqtt.Engine.Tests.Programs;

public sealed class ErrorCaseTests
{
    public static TheoryData<ErrorCase> Structure => [.. ErrorCase.ReadAll("structure.yaml")];

    public static TheoryData<ErrorCase> Validation => [.. ErrorCase.ReadAll("validation.yaml")];

    [Theory]
    [MemberData(nameof(Structure))]
    public void A_program_whose_structure_is_wrong_is_explained(ErrorCase @case) =>
        Assert.Equal(@case.Errors, @case.Diagnose((path, diagnostics) => Assert.Null(ProgramFile.Read(path, diagnostics))));

    [Theory]
    [MemberData(nameof(Validation))]
    public void A_program_that_does_not_fit_its_fleet_is_explained(ErrorCase @case) =>
        Assert.Equal(@case.Errors, @case.Diagnose((path, diagnostics) =>
        {
            var program = ProgramFile.Read(path, diagnostics);
            Assert.NotNull(program);
            ProgramValidator.Validate(program, TestFleet.Home, diagnostics);
        }));
}
